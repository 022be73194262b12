// node/pkce-automatic — https://workos.com/docs/reference/authkit/authentication/get-authorization-url/pkce
import type { AuthenticationResponse, PublicWorkOS } from '@workos-inc/node';
import { callWorkos, CliError } from './errors.ts';
import { openLoopback } from './loopback.ts';

/** Whom the hosted page should expect. */
export interface SignInHints {
  organizationId?: string | undefined;
  loginHint?: string | undefined;
  screenHint?: 'sign-in' | 'sign-up' | undefined;
}

export interface BrowserSignIn extends SignInHints {
  /** Brings the address to a browser on this machine. */
  open: (address: string) => void | Promise<void>;
  /** Ends the wait; its reason is thrown. */
  signal: AbortSignal;
  /** A fixed port for the redirect. Default: one that the system picks. */
  port?: number | undefined;
}

/**
 * Signs a person in with the browser on this machine: the SDK makes the PKCE pair and the state, the browser comes back
 * to a loopback address, the code is exchanged with the verifier that never left this process.
 *
 * @throws CliError `refused` when the person cancels or WorkOS says no; what `callWorkos` throws; the signal's reason.
 */
export async function signInWithBrowser(
  workos: PublicWorkOS,
  { open, signal, port, ...hints }: BrowserSignIn,
): Promise<AuthenticationResponse> {
  const loopback = await openLoopback(port);
  try {
    const { url, state, codeVerifier } = await workos.userManagement.getAuthorizationUrlWithPKCE({
      provider: 'authkit',
      redirectUri: loopback.redirectUri,
      ...hints,
    });
    await open(loopback.begin(url, state));
    const { params, answer } = await loopback.wait(signal);
    try {
      const code = readCode(params);
      const session = await callWorkos('code', () =>
        workos.userManagement.authenticateWithCode({ code, codeVerifier }),
      );
      await answer({
        title: 'You are signed in',
        text: 'You can close this page and go back to your terminal.',
      });
      return session;
    } catch (error) {
      const text = error instanceof CliError ? error.message : 'Something went wrong.';
      await answer({ title: 'You are not signed in', text: `${text} Go back to your terminal.` });
      throw error;
    }
  } finally {
    loopback.close();
  }
}

/**
 * The code of a redirect whose state has been checked.
 *
 * @throws CliError `refused` when WorkOS sent an error instead.
 */
export function readCode(params: URLSearchParams): string {
  const code = params.get('code');
  if (code) return code;
  if (params.get('error') === 'access_denied') {
    throw new CliError('refused', 'The sign-in was cancelled.');
  }
  const reason = params.get('error_description') ?? params.get('error') ?? 'no code';
  throw new CliError('refused', `The sign-in was refused: ${reason}`);
}
