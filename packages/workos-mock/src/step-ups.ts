import { sendSecret } from './emailed-secrets.ts';
import type { AuthenticationMethod, PendingAuthentication, Session, User } from './entities.ts';
import type { Environment } from './environment.ts';
import { apiError, ErrorResponse } from './errors.ts';
import { randomString } from './ids.ts';
import { userResponse } from './responses.ts';
import { activeMemberships, requireSso, startSession } from './sessions.ts';
import { sweep } from './store.ts';

/** How long a sign-in may wait for its next step, in milliseconds. */
const PENDING_LIFETIME = 10 * 60 * 1000;

/**
 * The rest of a sign-in without the hosted page, once it is known who the person is.
 *
 * @throws 403 with a pending authentication token while a step is missing: the address is not verified, a second factor
 *   is to be shown or enrolled, or there are several organizations to choose from. 400 `sso_required` when the person must
 *   come from an identity provider.
 * @see https://workos.com/docs/reference/authkit/authentication-errors
 */
export function finishSignIn(
  env: Environment,
  user: User,
  method: AuthenticationMethod,
  organizationId: string | null,
): Session {
  requireSso(env, user, method, organizationId);
  if (!user.emailVerified) {
    const verification = sendSecret(env, 'email_verification', user);
    throw stepUp('email_verification_required', 'Email ownership must be verified.', {
      email: user.email,
      email_verification_id: verification.id,
      pending_authentication_token: pend(env, user, method, 'email_verification', organizationId),
    });
  }
  const factors = env.store.authFactors.where('userId', user.id);
  if (factors.length > 0 || env.store.settings.mfaRequired) {
    const pending = {
      user: userResponse(user),
      pending_authentication_token: pend(env, user, method, 'mfa', organizationId),
    };
    if (factors.length === 0) {
      throw stepUp('mfa_enrollment', 'The user must enroll in MFA to finish.', pending);
    }
    throw stepUp('mfa_challenge', 'The user must complete an MFA challenge to finish.', {
      ...pending,
      authentication_factors: factors.map(({ id, type }) => ({ id, type })),
    });
  }
  return chooseOrganization(env, user, method, organizationId);
}

/** The last step: into which organization. */
export function chooseOrganization(
  env: Environment,
  user: User,
  method: AuthenticationMethod,
  organizationId: string | null,
): Session {
  const memberships = activeMemberships(env, user.id);
  if (!organizationId && memberships.length > 1) {
    throw stepUp('organization_selection_required', 'The user must choose an organization.', {
      user: userResponse(user),
      organizations: memberships.map((membership) => ({
        id: membership.organizationId,
        name: env.store.organizations.get(membership.organizationId)?.name,
      })),
      pending_authentication_token: pend(env, user, method, 'organization_selection', null),
    });
  }
  const chosen = organizationId ?? memberships[0]?.organizationId ?? null;
  requireSso(env, user, method, chosen);
  return startSession(env, { user, organizationId: chosen, method });
}

/**
 * The sign-in that a pending authentication token stands for.
 *
 * @throws 400 when it is unknown, expired, or waits for another step.
 */
export function findPending(
  env: Environment,
  token: string,
  step: PendingAuthentication['step'],
): PendingAuthentication & { user: User } {
  const pending = env.store.pendingAuthentications.get(token);
  const user = pending && env.store.users.get(pending.userId);
  if (!user || pending.step !== step || pending.expiresAt <= env.clock.now()) {
    throw apiError(
      400,
      'invalid_pending_authentication_token',
      'The pending authentication token is invalid or has expired.',
    );
  }
  return { ...pending, user };
}

function stepUp(code: string, message: string, more: Record<string, unknown>): ErrorResponse {
  return apiError(403, code, message, more);
}

function pend(
  env: Environment,
  user: User,
  method: AuthenticationMethod,
  step: PendingAuthentication['step'],
  organizationId: string | null,
): string {
  const now = env.clock.now();
  const { pendingAuthentications } = env.store;
  sweep(pendingAuthentications, (pending) => pending.expiresAt <= now);
  const token = randomString(25);
  pendingAuthentications.set(token, {
    token,
    userId: user.id,
    method,
    step,
    organizationId,
    expiresAt: now + PENDING_LIFETIME,
  });
  return token;
}
