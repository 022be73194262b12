import type { JWTPayload } from 'jose';
import { forgetBrowser } from './browser-session.ts';
import { requiredConnection } from './connections.ts';
import type {
  AuthenticationMethod,
  BrowserSession,
  Impersonator,
  OrganizationMembership,
  Session,
  User,
} from './entities.ts';
import type { Environment } from './environment.ts';
import { oauthError } from './errors.ts';
import { emitSession } from './event-data.ts';
import { createId, randomString } from './ids.ts';
import { fillTemplate } from './jwt-template.ts';
import { organizationResponse, userResponse } from './responses.ts';
import { flagIsOn, permissionsOf, sweep } from './store.ts';

/** Thirty days, in milliseconds. */
const SESSION_LIFETIME = 30 * 24 * 60 * 60 * 1000;
/** Whoever impersonates somebody is out after an hour: https://workos.com/docs/authkit/impersonation */
const IMPERSONATION_LIFETIME = 60 * 60 * 1000;
/** How long an exchanged refresh token is remembered, to tell "already exchanged" from "unknown". */
const ROTATED_TOKEN_MEMORY = 60 * 60 * 1000;
/** How long an ended session stays in lists. */
const ENDED_SESSION_MEMORY = 60 * 60 * 1000;
const MAXIMUM_ROTATED_TOKENS = 20_000;

/** Everything that makes a session what it is. */
export interface SessionStart {
  user: User;
  organizationId: string | null;
  method: AuthenticationMethod;
  impersonator?: Impersonator | null;
  browserSession?: BrowserSession | null;
  /** When they proved who they are, in seconds since 1970. Default: as the browser remembers, else now. */
  authTime?: number;
}

/**
 * Signs a person in: a new session with its first refresh token.
 *
 * @throws `invalid_grant` when the person has left the organization since it was chosen.
 */
export function startSession(env: Environment, start: SessionStart): Session {
  const { store, clock } = env;
  const now = clock.now();
  if (start.organizationId && !activeMembership(env, start.user.id, start.organizationId)) {
    throw oauthError('invalid_grant', 'The user is no longer a member of the organization.');
  }
  store.sessions.deleteOldest(
    (session) =>
      session.expiresAt + ENDED_SESSION_MEMORY <= now ||
      (session.endedAt !== null && Date.parse(session.endedAt) + ENDED_SESSION_MEMORY <= now),
  );
  store.users.update(start.user, { lastSignInAt: clock.iso() });
  const session = store.sessions.insert({
    id: createId('session', now),
    userId: start.user.id,
    organizationId: start.organizationId,
    clientId: store.settings.clientId,
    method: start.impersonator ? 'Impersonation' : start.method,
    impersonator: start.impersonator ?? null,
    refreshToken: randomString(25),
    authTime: start.authTime ?? start.browserSession?.authTime ?? clock.seconds(),
    browserSessionId: start.browserSession?.id ?? null,
    expiresAt: now + (start.impersonator ? IMPERSONATION_LIFETIME : SESSION_LIFETIME),
    endedAt: null,
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emitSession(env, 'created', session);
  return session;
}

/** Ends a session: its refresh token is refused from now on. Access tokens live on until they expire, as in WorkOS. */
export function endSession(env: Environment, session: Session): void {
  if (session.endedAt) return;
  env.store.sessions.update(session, { endedAt: env.clock.iso(), updatedAt: env.clock.iso() });
  forgetBrowser(env, session.browserSessionId);
  emitSession(env, 'revoked', session);
}

/**
 * Exchanges a refresh token: the session goes on with a new one. The old one is honoured again within the grace period and
 * then answers with the session's newest token, so that requests that raced each other all stay signed in.
 *
 * @param organizationId The organization to go on in; null keeps the session's own.
 * @throws `invalid_grant` for a token that is unknown, ended, expired or exchanged too long ago;
 *   `organization_membership_not_found` for an organization that the person is not an active member of.
 */
export function refreshSession(
  env: Environment,
  refreshToken: string,
  organizationId: string | null,
): Session {
  const { store, clock, options } = env;
  const now = clock.now();
  const session = sessionOfRefreshToken(env, refreshToken);
  if (!session) throw oauthError('invalid_grant', 'Invalid refresh token.');
  if (session.endedAt) throw oauthError('invalid_grant', 'Session has already ended.');
  if (session.expiresAt <= now) throw oauthError('invalid_grant', 'Session has expired.');
  const rotated = store.rotatedTokens.get(refreshToken);
  if (rotated && now - rotated.rotatedAt >= options.refreshGrace * 1000) {
    throw oauthError('invalid_grant', 'Refresh token already exchanged.');
  }
  const user = store.users.get(session.userId);
  if (!user) throw oauthError('invalid_grant', 'Session has already ended.');

  const nextOrganizationId = organizationId ?? session.organizationId;
  if (nextOrganizationId && !activeMembership(env, user.id, nextOrganizationId)) {
    if (!organizationId || organizationId === session.organizationId) {
      endSession(env, session);
      throw oauthError('invalid_grant', 'The user is no longer a member of the organization.');
    }
    throw oauthError(
      'organization_membership_not_found',
      `The user is not an active member of '${nextOrganizationId}'.`,
    );
  }

  if (organizationId && organizationId !== session.organizationId) {
    requireSso(env, user, session.method, organizationId);
    const hasFactor = store.authFactors.where('userId', user.id).length > 0;
    if (store.settings.mfaRequired && !hasFactor && session.method !== 'SSO') {
      throw oauthError('mfa_enrollment', 'The user must enroll in MFA to finish.');
    }
  }

  if (!rotated) {
    const oldest = now - ROTATED_TOKEN_MEMORY;
    sweep(
      store.rotatedTokens,
      (token) => token.rotatedAt <= oldest || store.rotatedTokens.size >= MAXIMUM_ROTATED_TOKENS,
    );
    store.rotatedTokens.set(refreshToken, { sessionId: session.id, rotatedAt: now });
  }
  store.sessions.update(session, {
    organizationId: nextOrganizationId,
    updatedAt: clock.iso(),
    ...(!rotated && { refreshToken: randomString(25) }),
  });
  return session;
}

/**
 * Refuses whoever must come from an identity provider and does not: into an organization that requires it, or with an
 * e-mail address of such an organization's domain.
 *
 * @throws 400 `sso_required` with the connections to sign in at.
 */
export function requireSso(
  env: Environment,
  user: User,
  method: AuthenticationMethod,
  organizationId: string | null,
): void {
  const connection = requiredConnection(env, organizationId, user, method);
  if (!connection) return;
  throw oauthError(
    'sso_required',
    'User must authenticate using one of the matching connections.',
    {
      connection_ids: [connection.id],
      email: user.email,
    },
  );
}

/** The session that a refresh token belongs to, exchanged or not. */
export function sessionOfRefreshToken(env: Environment, refreshToken: string): Session | undefined {
  const { sessions, rotatedTokens } = env.store;
  const rotated = rotatedTokens.get(refreshToken);
  return rotated ? sessions.get(rotated.sessionId) : sessions.find('refreshToken', refreshToken);
}

/** A person's active membership in an organization. */
export function activeMembership(
  env: Environment,
  userId: string,
  organizationId: string,
): OrganizationMembership | undefined {
  return activeMemberships(env, userId).find((m) => m.organizationId === organizationId);
}

/** A person's active memberships, oldest first. */
export function activeMemberships(env: Environment, userId: string): OrganizationMembership[] {
  return env.store.memberships.where('userId', userId).filter((m) => m.status === 'active');
}

/**
 * What `POST /user_management/authenticate` answers for a session.
 *
 * @param origin The address of the mock, for the issuer.
 * @param issuedAt Seconds since 1970; tests ask for tokens that are already old.
 */
export async function authenticationResponse(
  env: Environment,
  session: Session,
  origin: string,
  issuedAt = env.clock.seconds(),
) {
  const user = env.store.users.get(session.userId)!;
  // Metadata is for the server APIs; whoever wants it in a session puts it into the JWT template.
  const { metadata: _, ...profile } = userResponse(user);
  return {
    user: profile,
    ...(session.organizationId && { organization_id: session.organizationId }),
    access_token: await env.tokens.sign(accessTokenClaims(env, session, user, origin, issuedAt)),
    refresh_token: session.refreshToken,
    authentication_method: session.method,
    ...(session.impersonator && { impersonator: session.impersonator }),
  };
}

/** The claims of an access token. No `aud`: WorkOS mints none for users. */
function accessTokenClaims(
  env: Environment,
  session: Session,
  user: User,
  origin: string,
  issuedAt: number,
): JWTPayload {
  const { store, options } = env;
  const { organizationId } = session;
  const membership = organizationId ? activeMembership(env, user.id, organizationId) : undefined;
  const flags = store.featureFlags
    .all()
    .filter((flag) => flagIsOn(flag, { userId: user.id, organizationId }))
    .map((flag) => flag.slug);
  const template = store.settings.jwtTemplate;
  const organization = organizationId ? store.organizations.get(organizationId) : undefined;
  return {
    ...(template &&
      fillTemplate(template, {
        user: userResponse(user),
        organization: organization && organizationResponse(organization),
        organization_membership: membership && { role: { slug: membership.roles[0] } },
      })),
    iss: `${origin}/user_management/${session.clientId}`,
    sub: user.id,
    sid: session.id,
    jti: createId('jti', env.clock.now()).slice(4),
    client_id: session.clientId,
    ...(session.impersonator && { act: { sub: session.impersonator.email } }),
    ...(organizationId && { org_id: organizationId }),
    ...(membership && {
      role: membership.roles[0],
      roles: membership.roles,
      permissions: permissionsOf(store, membership),
    }),
    ...(flags.length > 0 && { feature_flags: flags }),
    auth_time: session.authTime,
    iat: issuedAt,
    exp: issuedAt + (store.settings.accessTokenLifetime ?? options.accessTokenLifetime),
  };
}
