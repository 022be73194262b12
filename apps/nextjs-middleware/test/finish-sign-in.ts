import { GET as callback } from '../src/app/callback/route';
import { inRequest, type Outcome } from './in-request';

/** A sign-in that has begun: where the browser is sent, and what it holds. */
export type Begun = Pick<Outcome<unknown>, 'redirect' | 'cookies'>;

/**
 * Goes on where a sign-in route has redirected to: AuthKit (the mock knows the person at once) and back to the callback.
 *
 * @param start What the sign-in route did.
 * @param email Of the person who signs in.
 * @returns The callback's response, and all cookies that the browser holds then.
 */
export async function finishSignIn(start: Begun, email: string) {
  const url = new URL(start.redirect ?? '');
  url.searchParams.set('login_hint', email);
  const back = await fetch(url, { redirect: 'manual' });
  const { pathname, search } = new URL(back.headers.get('location') ?? '');
  const { result, ...set } = await inRequest(pathname + search, start.cookies, callback);
  return {
    response: result,
    location: result?.headers.get('location'),
    cookies: set.cookies,
    lines: set.lines,
    callback: pathname + search,
  };
}
