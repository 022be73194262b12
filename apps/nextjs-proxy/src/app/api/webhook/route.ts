// ask/webhook-body — https://workos.com/docs/events/data-syncing/webhooks
import { getWorkOS } from '@workos-inc/authkit-nextjs';

/** Far more than any event: what is longer is not read to its end. */
const MOST_BYTES = 256 * 1024;

/**
 * Takes events of WorkOS. The signature is of the bytes as they were sent, so the body is handed over as text, never as parsed
 * JSON that is written out again.
 *
 * @returns 401 for a signature that does not fit or is older than three minutes; 200 otherwise. Events may come twice: remember
 *   `event.id` where that matters.
 */
export async function POST(request: Request): Promise<Response> {
  const secret = process.env.WORKOS_WEBHOOK_SECRET;
  if (!secret)
    return Response.json({ message: 'WORKOS_WEBHOOK_SECRET is not set.' }, { status: 503 });
  const sigHeader = request.headers.get('workos-signature') ?? '';
  const payload = await readText(request);
  if (payload === undefined) return new Response(null, { status: 413 });
  try {
    const event = await getWorkOS().webhooks.constructEvent({ payload, sigHeader, secret });
    console.info(`webhook: ${event.event} ${event.id}`);
    return Response.json({ received: event.id });
  } catch {
    return Response.json({ message: 'The signature does not fit.' }, { status: 401 });
  }
}

async function readText({ body }: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
