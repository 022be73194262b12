// node/pkce-manual — https://workos.com/docs/reference/authkit/authentication/get-authorization-url/pkce
import type { AuthenticationResponse, PublicWorkOS } from '@workos-inc/node';
import { callWorkos, CliError } from './errors.ts';
import { readCode, type SignInHints } from './pkce-automatic.ts';

/** A sign-in that waits for its code. Keep it in memory: the verifier is a secret until the code is exchanged. */
export interface PendingSignIn {
  /** To open in any browser, on any machine. */
  url: string;
  state: string;
  codeVerifier: string;
}

/**
 * Begins a sign-in with a PKCE pair of one's own, for when the browser cannot come back to this process by itself.
 *
 * @param redirectUri On the environment's list of redirect URIs. Nobody needs to listen there.
 */
export async function beginManualSignIn(
  workos: PublicWorkOS,
  redirectUri: string,
  hints: SignInHints = {},
): Promise<PendingSignIn> {
  const { codeVerifier, codeChallenge, codeChallengeMethod } = await workos.pkce.generate();
  const state = workos.pkce.generateCodeVerifier();
  const url = workos.userManagement.getAuthorizationUrl({
    provider: 'authkit',
    redirectUri,
    state,
    codeChallenge,
    codeChallengeMethod,
    ...hints,
  });
  return { url, state, codeVerifier };
}

/**
 * Finishes it with what the person pasted: the address that the browser ended at, or the code alone.
 *
 * An address must carry this sign-in's state. A bare code cannot, and need not: it was issued for this sign-in's challenge
 * or the exchange fails.
 *
 * @throws CliError `usage` for a text that holds no code, `refused` for another sign-in's address or a refusal of WorkOS.
 */
export async function finishManualSignIn(
  workos: PublicWorkOS,
  pending: PendingSignIn,
  pasted: string,
): Promise<AuthenticationResponse> {
  const code = codeFrom(pasted.trim(), pending.state);
  return callWorkos('code', () =>
    workos.userManagement.authenticateWithCode({ code, codeVerifier: pending.codeVerifier }),
  );
}

function codeFrom(text: string, state: string): string {
  if (URL.canParse(text)) {
    const { searchParams } = new URL(text);
    if (searchParams.get('state') !== state) {
      throw new CliError('refused', 'This address belongs to another sign-in.');
    }
    return readCode(searchParams);
  }
  if (/^[\w-]{6,}$/.test(text)) return text;
  throw new CliError('usage', 'This is neither the address of the page nor the code in it.');
}
