// node/custom-scheme — https://workos.com/docs/reference/authkit/authentication/get-authorization-url/pkce
import { timingSafeEqual } from 'node:crypto';
import type { AuthenticationResponse, PublicWorkOS } from '@workos-inc/node';
import { callWorkos } from './errors.ts';
import { readCode, type SignInHints } from './pkce-automatic.ts';

/**
 * Sign-in for a desktop or mobile shell whose operating system opens `myapp://…` links with it (RFC 8252, section 7.1).
 * Electron hands the link over in `open-url` (macOS) or in the arguments of `second-instance` (Windows, Linux).
 *
 * Any app can register the same scheme, so the link is not trusted: its state must be the one of a sign-in that this
 * process began and has not finished, and PKCE makes a code worthless to whoever else receives it.
 *
 * @example
 * const deepLinks = createDeepLinkSignIn(workos, 'myapp://callback');
 * await shell.openExternal(await deepLinks.begin());
 * app.on('open-url', async (event, link) => {
 *   const session = await deepLinks.finish(link);
 *   if (session) showWindowFor(session.user);
 * });
 */
export function createDeepLinkSignIn(workos: PublicWorkOS, redirectUri: string) {
  const expected = new URL(redirectUri);
  let pending: { state: string; codeVerifier: string } | undefined;
  return {
    /** Begins a sign-in; an earlier one that was not finished is dropped. Answers the address for the system's browser. */
    async begin(hints: SignInHints = {}): Promise<string> {
      const { url, state, codeVerifier } = await workos.userManagement.getAuthorizationUrlWithPKCE({
        provider: 'authkit',
        redirectUri,
        ...hints,
      });
      pending = { state, codeVerifier };
      return url;
    },

    /**
     * Finishes a sign-in with the link that the operating system delivered.
     *
     * @returns null for a link that is not about signing in, or not about the sign-in that waits: the app ignores it.
     * @throws CliError `refused` when the person cancelled or WorkOS says no; what `callWorkos` throws.
     */
    async finish(link: string): Promise<AuthenticationResponse | null> {
      const params = readDeepLink(link, expected);
      if (!params || !pending || !sameText(params.get('state') ?? '', pending.state)) return null;
      const { codeVerifier } = pending;
      // Before anything can fail: a link is good for one attempt.
      pending = undefined;
      const code = readCode(params);
      return callWorkos('code', () =>
        workos.userManagement.authenticateWithCode({ code, codeVerifier }),
      );
    },
  };
}

/**
 * The query of a link to the redirect URI; null for any other link.
 *
 * Scheme, host and path must be equal. `URL` reads `myapp://callback` as host `callback` and `myapp:/callback` as path,
 * and operating systems add a slash at the end, so that one is let pass.
 */
export function readDeepLink(link: string, expected: URL): URLSearchParams | null {
  if (link.length > 4096 || !URL.canParse(link)) return null;
  const url = new URL(link);
  const isSame =
    url.protocol === expected.protocol &&
    url.host === expected.host &&
    url.pathname.replace(/\/$/, '') === expected.pathname.replace(/\/$/, '') &&
    url.username === '' &&
    url.password === '';
  return isSame ? url.searchParams : null;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
