import { getCookie, setCookie } from 'hono/cookie';
import { codeRedirect, openAuthorizationRequest } from './authorization.ts';
import type { AuthenticationMethod, Impersonator, OutsideSignIn, User } from './entities.ts';
import type { AppContext, Environment } from './environment.ts';
import { badRequest } from './errors.ts';
import { createId } from './ids.ts';
import { isAllowedUri } from './redirect-uris.ts';
import { sweep } from './store.ts';

const COOKIE = 'authkit_outside';
/** How long a browser may take to come back by way of the app's sign-in endpoint, in milliseconds. */
const LIFETIME = 60 * 1000;

/**
 * Begins a sign-in that nobody asked the app for: in the dashboard (impersonation), at a tile of an identity provider, or in
 * the inspector. The browser is sent to the app's sign-in endpoint, and its next visit to the authorize endpoint is answered
 * at once: by then the app has set up its state and its code challenge.
 *
 * @see https://github.com/workos/authkit-nextjs/issues/400
 */
export function openOutside(
  env: Environment,
  signIn: Omit<OutsideSignIn, 'id' | 'expiresAt'>,
): OutsideSignIn {
  const { outsideSignIns } = env.store;
  const now = env.clock.now();
  sweep(outsideSignIns, ({ expiresAt }) => expiresAt <= now);
  const id = createId('outside_sign_in', now);
  const opened = { ...signIn, id, expiresAt: now + LIFETIME };
  outsideSignIns.set(id, opened);
  return opened;
}

/**
 * Where the browser of somebody is to go who did not ask the app to sign in: to the app's sign-in endpoint, by way of the
 * mock, or where there is none to a redirect URI, with a code that comes without state and was asked for without a challenge.
 *
 * @throws 400 when neither is known, or the redirect URI is not allowed.
 * @see https://github.com/workos/authkit-nextjs/pull/402
 */
export function beginOutside(
  env: Environment,
  origin: string,
  { signInEndpoint, redirectUri }: { signInEndpoint?: string; redirectUri?: string },
  who: {
    user: User;
    organizationId: string | null;
    method: AuthenticationMethod;
    impersonator: Impersonator | null;
  },
): string {
  const { clientId, redirectUris } = env.store.settings;
  const [app, ...others] = env.apps.list();
  const endpoint =
    signInEndpoint ?? (redirectUri || !app || others.length > 0 ? null : app.signInEndpoint);
  if (endpoint) {
    const { user, ...rest } = who;
    const { id } = openOutside(env, { ...rest, userId: user.id, signInEndpoint: endpoint });
    return `${origin}/_mock/begin?${new URLSearchParams({ id })}`;
  }
  const uri = redirectUri ?? redirectUris.find((allowed) => !allowed.includes('*'));
  if (!uri) {
    throw badRequest(
      'Where to? Name a signInEndpoint, or a redirectUri for an app without one: this environment has neither one running app nor a redirect URI without "*".',
    );
  }
  if (!isAllowedUri(uri, redirectUris)) {
    throw badRequest(`The redirect URI "${uri}" is not on this environment’s list.`);
  }
  const request = openAuthorizationRequest(env, {
    client_id: clientId,
    redirect_uri: uri,
    response_type: 'code',
  });
  return codeRedirect(env, request, who);
}

/** Sends a browser to the app, and knows it when it comes back: another one on the same mock signs in as nobody. */
export function leadIn(c: AppContext, { id, signInEndpoint }: OutsideSignIn): Response {
  setCookie(c, COOKIE, id, {
    path: '/user_management/authorize',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: LIFETIME / 1000,
  });
  return c.redirect(signInEndpoint);
}

/** Who this browser signs in as by what was begun outside of the app; used up by asking. */
export function takeOutside(c: AppContext): (OutsideSignIn & { user: User }) | null {
  const { outsideSignIns, users } = c.env.store;
  const signIn = outsideSignIns.get(getCookie(c, COOKIE) ?? '');
  if (!signIn) return null;
  outsideSignIns.delete(signIn.id);
  const user = users.get(signIn.userId);
  return user && signIn.expiresAt > c.env.clock.now() ? { ...signIn, user } : null;
}
