import { getCookie, setCookie } from 'hono/cookie';
import type { AuthorizeParams } from './authorization.ts';
import type { AuthenticationMethod, BrowserSession, User } from './entities.ts';
import type { AppContext, Environment } from './environment.ts';
import { createId } from './ids.ts';
import { sweep } from './store.ts';

const COOKIE = 'authkit_session';
/** Thirty days, in milliseconds. */
const LIFETIME = 30 * 24 * 60 * 60 * 1000;

/**
 * Remembers who signed in on the hosted page in this browser. An app that only drops its own cookie at sign-out meets it: the
 * next sign-in passes without a page.
 *
 * @see https://workos.com/docs/authkit/reauthentication
 */
export function rememberBrowser(
  c: AppContext,
  user: User,
  organizationId: string | null,
  method: AuthenticationMethod,
): BrowserSession {
  const { store, clock } = c.env;
  const now = clock.now();
  sweep(store.browserSessions, ({ expiresAt }) => expiresAt <= now);
  const session: BrowserSession = {
    id: createId('browser_session', now),
    userId: user.id,
    organizationId,
    method,
    authTime: clock.seconds(),
    expiresAt: now + LIFETIME,
  };
  store.browserSessions.set(session.id, session);
  setCookie(c, COOKIE, session.id, {
    path: '/user_management/authorize',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: LIFETIME / 1000,
  });
  return session;
}

/**
 * Who this browser is known as, if the sign-in that an app asks for can pass with that: not one for new people or of an
 * invitation, not as somebody else, and not where the app wants to be sure that it is them (`prompt=login`, `max_age` in
 * seconds).
 */
export function knownBrowser(
  c: AppContext,
  params: AuthorizeParams,
): { session: BrowserSession; user: User } | null {
  const { store, clock } = c.env;
  const session = store.browserSessions.get(getCookie(c, COOKIE) ?? '');
  const user = session && store.users.get(session.userId);
  if (!user || session.expiresAt <= clock.now()) return null;
  const { prompt, max_age: maxAge, screen_hint: screen, login_hint: hint } = params;
  const asksForPage =
    params.provider !== 'authkit' ||
    screen === 'sign-up' ||
    params.invitation_token !== undefined ||
    params.password_reset_token !== undefined ||
    prompt === 'login' ||
    (maxAge !== undefined && clock.seconds() - session.authTime >= maxAge) ||
    (hint !== undefined && hint.toLowerCase() !== user.email.toLowerCase());
  return asksForPage ? null : { session, user };
}

/** Forgets a browser: its person has signed out of an app that they came to by it, or that session was revoked. */
export function forgetBrowser({ store }: Environment, id: string | null): void {
  if (id) store.browserSessions.delete(id);
}
