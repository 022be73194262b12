import { isIP } from 'node:net';
import { type NextRequest, NextResponse } from 'next/server';

/** How many sign-ins one address may start in a minute. */
const LIMIT = 60;
const MINUTE = 60_000;
/** How many addresses are remembered; the oldest leave first. */
const MOST_ADDRESSES = 10_000;

/** In the order of their first start. */
const starts = new Map<string, { count: number; since: number }>();

/**
 * Stands for whatever your proxy does before it knows who asks. This one counts in the memory of one process; behind a
 * balancer, count where all instances see it. It trusts one proxy in front of the app: without one a sender writes the header
 * and with it another address each time, behind two everybody has the address of the first.
 *
 * @returns 429 for one who starts too many sign-ins; nothing for everybody else.
 */
export function limitRate(request: NextRequest): NextResponse | undefined {
  if (request.nextUrl.pathname !== '/sign-in') return;
  // The last entry is what the platform in front of the app saw; those before it are the sender's own words.
  const last = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const address = isIP(last) ? last : 'unknown';
  const now = Date.now();
  for (const [key, { since }] of starts) {
    if (now - since < MINUTE && starts.size < MOST_ADDRESSES) break;
    starts.delete(key);
  }
  const seen = starts.get(address) ?? { count: 0, since: now };
  starts.set(address, { ...seen, count: seen.count + 1 });
  if (seen.count < LIMIT) return;
  return new NextResponse('Too many sign-ins were started from here. Try again in a minute.', {
    status: 429,
    headers: { 'retry-after': '60', 'cache-control': 'no-store' },
  });
}
