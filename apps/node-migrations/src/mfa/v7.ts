// migrate/mfa — https://workos.com/docs/reference/mfa

import type { WorkOS } from 'workos-node-7';

/**
 * Enrolls an authenticator app and checks its first code.
 *
 * @param readCode The code that the app shows once it has the secret.
 */
export async function enrollApp(
  workos: WorkOS,
  person: string,
  readCode: (secret: string) => string,
): Promise<boolean> {
  const factor = await workos.mfa.enrollFactor({ type: 'totp', issuer: 'Acme', user: person });
  const challenge = await workos.mfa.challengeFactor({ authenticationFactorId: factor.id });
  const { valid } = await workos.mfa.verifyFactor({
    authenticationChallengeId: challenge.id,
    code: readCode(factor.totp?.secret ?? ''),
  });
  return valid;
}
