import { ApiError } from './api-error';
import type { AppContext } from './env';

/** No name, code, password or token is longer. */
const LONGEST = 10_000;

/**
 * Reads fields of a JSON body, each of them text. The body is in memory by then: `limit-body.ts` comes first.
 *
 * @param names The fields; what else is in the body is left there.
 * @throws ApiError 422 naming the first field that is missing, empty, too long or not text.
 */
export async function readFields<Name extends string>(
  c: AppContext,
  ...names: Name[]
): Promise<Record<Name, string>> {
  const body = await c.req.json<Partial<Record<Name, unknown>> | null>().catch(() => null);
  const fields = names.map((name) => {
    const value = body?.[name];
    if (typeof value === 'string' && value !== '' && value.length <= LONGEST) return [name, value];
    throw new ApiError(422, 'invalid_request', `The body must be JSON with the text "${name}"`);
  });
  return Object.fromEntries(fields) as Record<Name, string>;
}
