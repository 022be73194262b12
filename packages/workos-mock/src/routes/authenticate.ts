import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { z } from 'zod';
import { verifyChallenge } from '../auth-factors.ts';
import { takeCode } from '../authorization.ts';
import { takeDeviceAuthorization } from '../device-authorizations.ts';
import { latestSecret, sendSecret, useCode } from '../emailed-secrets.ts';
import type { AuthenticationMethod, PendingAuthentication, Session, User } from '../entities.ts';
import { type AppContext, type AppTypes, type Environment, originOf } from '../environment.ts';
import { apiError, ErrorResponse, notFound, oauthError } from '../errors.ts';
import { randomString } from '../ids.ts';
import { acceptInvitation, findPendingInvitation } from '../invitations.ts';
import { readBody } from '../request-body.ts';
import { userResponse } from '../responses.ts';
import { allowCors, refreshCookieName, setSessionCookies } from '../session-cookies.ts';
import {
  activeMembership,
  activeMemberships,
  authenticationResponse,
  refreshSession,
  startSession,
} from '../sessions.ts';
import { sweep } from '../store.ts';

/** How long a sign-in may wait for its second step, in milliseconds. */
const PENDING_LIFETIME = 10 * 60 * 1000;

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const MAGIC_AUTH = 'urn:workos:oauth:grant-type:magic-auth:code';
const EMAIL_VERIFICATION = 'urn:workos:oauth:grant-type:email-verification:code';
const ORGANIZATION_SELECTION = 'urn:workos:oauth:grant-type:organization-selection';
const MFA_TOTP = 'urn:workos:oauth:grant-type:mfa-totp';

const client = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  grant_type: z.string(),
});
const grants = {
  authorization_code: z.object({
    code: z.string(),
    code_verifier: z.string().optional(),
    invitation_token: z.string().nullish(),
  }),
  refresh_token: z.object({
    refresh_token: z.string().optional(),
    organization_id: z.string().nullish(),
  }),
  password: z.object({
    email: z.string(),
    password: z.string(),
    invitation_token: z.string().nullish(),
  }),
  [DEVICE_CODE]: z.object({ device_code: z.string() }),
  [MAGIC_AUTH]: z.object({
    email: z.string(),
    code: z.string(),
    invitation_token: z.string().nullish(),
  }),
  [EMAIL_VERIFICATION]: z.object({ code: z.string(), pending_authentication_token: z.string() }),
  [ORGANIZATION_SELECTION]: z.object({
    pending_authentication_token: z.string(),
    organization_id: z.string(),
  }),
  [MFA_TOTP]: z.object({
    pending_authentication_token: z.string(),
    authentication_challenge_id: z.string(),
    code: z.string(),
  }),
};

/** What a client without a secret may do. */
const PUBLIC_GRANTS = new Set(['authorization_code', 'refresh_token', DEVICE_CODE]);

/** `POST /user_management/authenticate`, with a preflight for single-page apps. */
export const authenticate = new Hono<AppTypes>()
  .options('/user_management/authenticate', (c) => {
    allowCors(c);
    return c.body(null, 204);
  })
  .post('/user_management/authenticate', async (c) => {
    allowCors(c);
    const { grant_type: grantType, ...sent } = await readBody(c, client);
    const isConfidential = checkClient(c, sent.client_id, sent.client_secret);
    if (!isConfidential && !PUBLIC_GRANTS.has(grantType) && grantType in grants) {
      throw oauthError('invalid_client', 'This grant needs the client secret.');
    }
    const session = await runGrant(c, grantType, isConfidential);
    const answer = await authenticationResponse(c.env, session, originOf(c));
    if (!isConfidential) setSessionCookies(c, session);
    return c.json(answer);
  });

async function runGrant(
  c: AppContext,
  grantType: string,
  isConfidential: boolean,
): Promise<Session> {
  const env = c.env;
  switch (grantType) {
    case 'authorization_code': {
      const body = await readBody(c, grants.authorization_code);
      const code = await takeCode(env, body.code, body.code_verifier, isConfidential);
      const user = env.store.users.get(code.userId);
      if (!user) throw oauthError('invalid_grant', 'The user no longer exists.');
      const invited = useInvitation(env, user, body.invitation_token);
      const session = startSession(env, {
        user,
        organizationId: invited ?? code.organizationId,
        method: code.method,
        impersonator: code.impersonator,
      });
      code.usedFor = session.id;
      return session;
    }
    case 'refresh_token': {
      const body = await readBody(c, grants.refresh_token);
      const token = body.refresh_token ?? getCookie(c, refreshCookieName(env));
      if (!token) throw oauthError('invalid_request', 'Missing refresh token.');
      return refreshSession(env, token, body.organization_id ?? null);
    }
    case 'password': {
      const body = await readBody(c, grants.password);
      const user = env.store.users.find('email', body.email.toLowerCase());
      if (!user || user.password === null || user.password !== body.password) {
        throw apiError(400, 'invalid_credentials', 'The e-mail address or the password is wrong.');
      }
      return finish(env, user, 'Password', useInvitation(env, user, body.invitation_token));
    }
    case DEVICE_CODE: {
      const body = await readBody(c, grants[DEVICE_CODE]);
      const { clientId } = env.store.settings;
      const by = takeDeviceAuthorization(env, body.device_code, clientId);
      const user = env.store.users.get(by.userId);
      if (!user) throw oauthError('invalid_grant', 'The user no longer exists.');
      return startSession(env, { ...by, user });
    }
    case MAGIC_AUTH: {
      const body = await readBody(c, grants[MAGIC_AUTH]);
      const user = env.store.users.find('email', body.email.toLowerCase());
      useCode(env, user && latestSecret(env, 'magic_auth', user.id), body.code, {
        incorrect: 'invalid_one_time_code',
        used: 'one_time_code_previously_used',
        expired: 'one_time_code_expired',
        tooMany: 'one_time_code_too_many_attempts',
      });
      if (!user!.emailVerified) env.store.users.update(user!, { emailVerified: true });
      return finish(env, user!, 'MagicAuth', useInvitation(env, user!, body.invitation_token));
    }
    case EMAIL_VERIFICATION: {
      const body = await readBody(c, grants[EMAIL_VERIFICATION]);
      const pending = findPending(env, body.pending_authentication_token, 'email_verification');
      const user = env.store.users.get(pending.userId)!;
      useCode(env, latestSecret(env, 'email_verification', user.id), body.code, {
        incorrect: 'invalid_one_time_code',
        used: 'one_time_code_previously_used',
        expired: 'one_time_code_expired',
        tooMany: 'one_time_code_too_many_attempts',
      });
      env.store.users.update(user, { emailVerified: true, updatedAt: env.clock.iso() });
      env.store.pendingAuthentications.delete(pending.token);
      return finish(env, user, pending.method, pending.organizationId);
    }
    case MFA_TOTP: {
      const body = await readBody(c, grants[MFA_TOTP]);
      const pending = findPending(env, body.pending_authentication_token, 'mfa');
      const user = env.store.users.get(pending.userId)!;
      const challenge = env.store.authChallenges.get(body.authentication_challenge_id);
      const factor = challenge && env.store.authFactors.get(challenge.factorId);
      if (!challenge || factor?.userId !== user.id) {
        throw notFound('Authentication Challenge', body.authentication_challenge_id);
      }
      if (!(await verifyChallenge(env, challenge, body.code))) {
        throw apiError(400, 'invalid_one_time_code', 'The code is incorrect.');
      }
      env.store.pendingAuthentications.delete(pending.token);
      return chooseOrganization(env, user, pending.method, pending.organizationId);
    }
    case ORGANIZATION_SELECTION: {
      const body = await readBody(c, grants[ORGANIZATION_SELECTION]);
      const pending = findPending(env, body.pending_authentication_token, 'organization_selection');
      const user = env.store.users.get(pending.userId)!;
      if (!activeMembership(env, user.id, body.organization_id)) {
        throw apiError(
          400,
          'organization_membership_not_found',
          `The user is not an active member of '${body.organization_id}'.`,
        );
      }
      env.store.pendingAuthentications.delete(pending.token);
      return startSession(env, {
        user,
        organizationId: body.organization_id,
        method: pending.method,
      });
    }
    default:
      throw oauthError('invalid_request', `The grant type '${grantType}' is not supported.`);
  }
}

/** Whether the client proved itself with its secret; refused when the id or the secret is wrong. */
function checkClient(c: AppContext, clientId: string, secret: string | undefined): boolean {
  const { settings } = c.env.store;
  if (clientId !== settings.clientId) {
    throw oauthError('invalid_client', `The client id '${clientId}' is unknown.`);
  }
  if (secret !== undefined && secret !== settings.apiKey) {
    throw oauthError('invalid_client', 'The client secret is wrong.');
  }
  return secret !== undefined;
}

/**
 * The rest of a headless sign-in, once it is known who the person is.
 *
 * @throws 403 with a pending authentication token while a step is missing: the address is not verified, a second factor
 *   is to be shown or enrolled, or there are several organizations to choose from.
 */
function finish(
  env: Environment,
  user: User,
  method: AuthenticationMethod,
  organizationId: string | null,
): Session {
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

/** The last step of a headless sign-in: into which organization. */
function chooseOrganization(
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
  return startSession(env, {
    user,
    organizationId: organizationId ?? memberships[0]?.organizationId ?? null,
    method,
  });
}

function stepUp(code: string, message: string, more: Record<string, unknown>): ErrorResponse {
  return new ErrorResponse(403, { code, message, ...more });
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

function findPending(env: Environment, token: string, step: string) {
  const pending = env.store.pendingAuthentications.get(token);
  if (!pending || pending.step !== step || pending.expiresAt <= env.clock.now()) {
    throw apiError(
      400,
      'invalid_pending_authentication_token',
      'The pending authentication token is invalid or has expired.',
    );
  }
  return pending;
}

/** Accepts the invitation that a sign-in carries; answers the organization that it is for. */
function useInvitation(
  env: Environment,
  user: User,
  token: string | null | undefined,
): string | null {
  if (!token) return null;
  const invitation = findPendingInvitation(env, token);
  if (!invitation) throw oauthError('invitation_invalid', 'The invitation is invalid.');
  if (invitation.email.toLowerCase() !== user.email.toLowerCase()) {
    throw oauthError(
      'invitation_cannot_be_used_for_email',
      'The invitation was sent to another e-mail address.',
    );
  }
  acceptInvitation(env, invitation, user);
  return invitation.organizationId;
}
