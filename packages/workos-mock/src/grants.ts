import { getCookie } from 'hono/cookie';
import { z } from 'zod';
import { verifyChallenge } from './auth-factors.ts';
import { takeCode } from './authorization.ts';
import { takeDeviceAuthorization } from './device-authorizations.ts';
import { type CodeErrors, latestSecret, useCode } from './emailed-secrets.ts';
import type { Session, User } from './entities.ts';
import type { AppContext, Environment } from './environment.ts';
import { apiError, ErrorResponse, notFound, oauthError } from './errors.ts';
import { type AuthenticationKind, emitAuthentication } from './event-data.ts';
import { acceptInvitation, findPendingInvitation } from './invitations.ts';
import { readBody } from './request-body.ts';
import { refreshCookieName } from './session-cookies.ts';
import { activeMembership, refreshSession, requireSso, startSession } from './sessions.ts';
import { chooseOrganization, findPending, finishSignIn } from './step-ups.ts';
import { markVerified } from './users.ts';

const CODE_ERRORS: CodeErrors = {
  incorrect: 'invalid_one_time_code',
  used: 'one_time_code_previously_used',
  expired: 'one_time_code_expired',
  tooMany: 'one_time_code_too_many_attempts',
};

// Made once: zod compiles a schema at its first use, which costs as much as the rest of a sign-in.
const fields = {
  authorizationCode: z.object({
    code: z.string(),
    code_verifier: z.string().optional(),
    invitation_token: z.string().nullish(),
  }),
  refreshToken: z.object({
    refresh_token: z.string().optional(),
    organization_id: z.string().nullish(),
  }),
  password: z.object({
    email: z.string(),
    password: z.string(),
    invitation_token: z.string().nullish(),
  }),
  deviceCode: z.object({ device_code: z.string() }),
  magicAuth: z.object({
    email: z.string(),
    code: z.string(),
    invitation_token: z.string().nullish(),
  }),
  emailVerification: z.object({ code: z.string(), pending_authentication_token: z.string() }),
  mfaTotp: z.object({
    pending_authentication_token: z.string(),
    authentication_challenge_id: z.string(),
    code: z.string(),
  }),
  organizationSelection: z.object({
    pending_authentication_token: z.string(),
    organization_id: z.string(),
  }),
};

/** What one grant of `POST /user_management/authenticate` does: it reads its own fields and answers a session. */
type Grant = (c: AppContext, isConfidential: boolean) => Promise<Session>;

async function authorizationCode(c: AppContext, isConfidential: boolean): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.authorizationCode);
  const code = await takeCode(env, body.code, body.code_verifier, isConfidential);
  const user = env.store.users.get(code.userId);
  if (!user) throw oauthError('invalid_grant', 'The user no longer exists.');
  const invited = useInvitation(env, user, body.invitation_token);
  const session = startSession(env, {
    user,
    organizationId: invited ?? code.organizationId,
    method: code.method,
    impersonator: code.impersonator,
    browserSession: code.browserSession,
  });
  code.usedFor = session.id;
  return session;
}

async function refreshToken(c: AppContext): Promise<Session> {
  const body = await readBody(c, fields.refreshToken);
  const token = body.refresh_token ?? getCookie(c, refreshCookieName(c.env));
  if (!token) throw oauthError('invalid_request', 'Missing refresh token.');
  return refreshSession(c.env, token, body.organization_id || null);
}

async function password(c: AppContext): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.password);
  const user = env.store.users.find('email', body.email.toLowerCase());
  await told(env, 'password', user, body.email, () => {
    if (user && user.password !== null && user.password === body.password) return;
    throw apiError(400, 'invalid_credentials', 'The e-mail address or the password is wrong.');
  });
  return finishSignIn(env, user!, 'Password', useInvitation(env, user!, body.invitation_token));
}

async function deviceCode(c: AppContext): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.deviceCode);
  const by = takeDeviceAuthorization(env, body.device_code, env.store.settings.clientId);
  const user = env.store.users.get(by.userId);
  if (!user) throw oauthError('invalid_grant', 'The user no longer exists.');
  return startSession(env, { ...by, user });
}

async function magicAuth(c: AppContext): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.magicAuth);
  const user = env.store.users.find('email', body.email.toLowerCase());
  const secret = user && latestSecret(env, 'magic_auth', user.id);
  await told(env, 'magic_auth', user, body.email, () =>
    useCode(env, secret, body.code, CODE_ERRORS),
  );
  markVerified(env, user!);
  return finishSignIn(env, user!, 'MagicAuth', useInvitation(env, user!, body.invitation_token));
}

async function emailVerification(c: AppContext): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.emailVerification);
  const { user, token, method, organizationId } = findPending(
    env,
    body.pending_authentication_token,
    'email_verification',
  );
  const secret = latestSecret(env, 'email_verification', user.id);
  await told(env, 'email_verification', user, user.email, () =>
    useCode(env, secret, body.code, CODE_ERRORS),
  );
  markVerified(env, user);
  env.store.pendingAuthentications.delete(token);
  return finishSignIn(env, user, method, organizationId);
}

async function mfaTotp(c: AppContext): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.mfaTotp);
  const { user, token, method, organizationId } = findPending(
    env,
    body.pending_authentication_token,
    'mfa',
  );
  const challenge = env.store.authChallenges.get(body.authentication_challenge_id);
  const factor = challenge && env.store.authFactors.get(challenge.factorId);
  if (!challenge || factor?.userId !== user.id) {
    throw notFound('Authentication Challenge', body.authentication_challenge_id);
  }
  await told(env, 'mfa', user, user.email, async () => {
    if (await verifyChallenge(env, challenge, body.code)) return;
    throw apiError(400, 'invalid_one_time_code', 'The code is incorrect.');
  });
  env.store.pendingAuthentications.delete(token);
  return chooseOrganization(env, user, method, organizationId);
}

async function organizationSelection(c: AppContext): Promise<Session> {
  const { env } = c;
  const body = await readBody(c, fields.organizationSelection);
  const { user, token, method } = findPending(
    env,
    body.pending_authentication_token,
    'organization_selection',
  );
  if (!activeMembership(env, user.id, body.organization_id)) {
    throw oauthError(
      'organization_membership_not_found',
      `The user is not an active member of '${body.organization_id}'.`,
    );
  }
  requireSso(env, user, method, body.organization_id);
  env.store.pendingAuthentications.delete(token);
  return startSession(env, { user, organizationId: body.organization_id, method });
}

/** The grants by their `grant_type`; a client without a secret may use those marked as public. */
export const grants: ReadonlyMap<string, { run: Grant; isPublic: boolean }> = new Map([
  ['authorization_code', { run: authorizationCode, isPublic: true }],
  ['refresh_token', { run: refreshToken, isPublic: true }],
  ['password', { run: password, isPublic: false }],
  ['urn:ietf:params:oauth:grant-type:device_code', { run: deviceCode, isPublic: true }],
  ['urn:workos:oauth:grant-type:magic-auth:code', { run: magicAuth, isPublic: false }],
  [
    'urn:workos:oauth:grant-type:email-verification:code',
    { run: emailVerification, isPublic: false },
  ],
  ['urn:workos:oauth:grant-type:mfa-totp', { run: mfaTotp, isPublic: false }],
  [
    'urn:workos:oauth:grant-type:organization-selection',
    { run: organizationSelection, isPublic: false },
  ],
]);

/** Runs a proof of who somebody is, and tells how it went: `authentication.*_succeeded` or `_failed`. */
async function told(
  env: Environment,
  kind: AuthenticationKind,
  user: User | undefined,
  email: string,
  prove: () => void | Promise<void>,
): Promise<void> {
  const attempt = { kind, email, userId: user?.id ?? null };
  try {
    await prove();
  } catch (error) {
    if (error instanceof ErrorResponse) emitAuthentication(env, attempt, error);
    throw error;
  }
  emitAuthentication(env, attempt);
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
