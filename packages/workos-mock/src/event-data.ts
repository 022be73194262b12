import type {
  AuthenticationMethod,
  Directory,
  EmailedSecret,
  FeatureFlag,
  Invitation,
  Organization,
  OrganizationMembership,
  Permission,
  Role,
  Session,
} from './entities.ts';
import type { Environment } from './environment.ts';
import type { ErrorResponse } from './errors.ts';
import { emit } from './events.ts';
import {
  directoryResponse,
  emailedSecretResponse,
  featureFlagResponse,
  invitationResponse,
  membershipResponse,
  organizationResponse,
  permissionResponse,
  roleResponse,
  sessionResponse,
} from './responses.ts';

/** What events carry where it is not what the API answers: above all, no codes and no tokens. */

export function emitOrganization(
  env: Environment,
  change: 'created' | 'updated' | 'deleted',
  organization: Organization,
): void {
  const { allow_profiles_outside_organization: _, ...data } = organizationResponse(organization);
  emit(env, `organization.${change}`, data);
}

export function emitDomains(
  env: Environment,
  change: 'created' | 'updated' | 'deleted' | 'verified',
  organization: Organization,
  ids: ReadonlySet<string>,
): void {
  for (const domain of organizationResponse(organization).domains) {
    if (ids.has(domain.id)) emit(env, `organization_domain.${change}`, domain);
  }
}

export function emitMembership(
  env: Environment,
  change: 'created' | 'updated' | 'deleted',
  membership: OrganizationMembership,
): void {
  const { organization_name: _, user: __, ...data } = membershipResponse(env.store, membership);
  emit(env, `organization_membership.${change}`, data);
}

export function emitInvitation(
  env: Environment,
  change: 'created' | 'accepted' | 'resent' | 'revoked',
  invitation: Invitation,
): void {
  const response = invitationResponse(invitation, env.clock.now(), '');
  const { token: _, accept_invitation_url: __, ...data } = response;
  emit(env, `invitation.${change}`, data);
}

export function emitSession(
  env: Environment,
  change: 'created' | 'revoked',
  session: Session,
): void {
  emit(env, `session.${change}`, sessionResponse(session, env.clock.now()));
}

/** A code or a link that was sent to somebody; the secret itself stays in the e-mail. */
export function emitEmailedSecret(
  env: Environment,
  change: 'created' | 'succeeded',
  secret: EmailedSecret,
): void {
  const { object, id, user_id, email, expires_at, created_at } = emailedSecretResponse(secret, '');
  emit(env, `${secret.kind}.${change}`, {
    object,
    id,
    user_id,
    email,
    expires_at,
    created_at,
    ...(secret.kind !== 'password_reset' && { updated_at: secret.updatedAt }),
  });
}

export function emitDirectoryDeleted(env: Environment, directory: Directory): void {
  const { domain: _, metadata: __, ...data } = directoryResponse(env.store, directory);
  // Events spell the state of a directory differently from the API.
  emit(env, 'dsync.deleted', { ...data, state: 'deleting' });
}

export function emitRole(
  env: Environment,
  change: 'created' | 'updated' | 'deleted',
  role: Role,
): void {
  const { id: _, type: __, name, description, ...data } = roleResponse(role);
  if (!role.organizationId) return void emit(env, `role.${change}`, data);
  emit(env, `organization_role.${change}`, {
    ...data,
    object: 'organization_role',
    organization_id: role.organizationId,
    name,
    description,
  });
}

export function emitPermission(
  env: Environment,
  change: 'created' | 'updated' | 'deleted',
  permission: Permission,
): void {
  const { resource_type_slug: _, ...data } = permissionResponse(permission);
  emit(env, `permission.${change}`, data);
}

/** @param previous What changed was before: the switch, or whom the flag is on for. */
export function emitFlag(
  env: Environment,
  flag: FeatureFlag,
  previous: { enabled: boolean } | { targets: ReadonlySet<string> },
): void {
  const data = { ...featureFlagResponse(flag), environment_id: environmentId(env) };
  const context = {
    client_id: env.store.settings.clientId,
    actor: { id: 'api_key', source: 'api', name: 'API key' },
  };
  if ('enabled' in previous) {
    const changed = { previous_attributes: { data: previous } };
    emit(env, 'flag.updated', data, { ...context, ...changed });
    return;
  }
  emit(env, 'flag.rule_updated', data, {
    ...context,
    ...flagRule(env, flag.defaultValue, flag.targets),
    previous_attributes: { context: flagRule(env, flag.defaultValue, previous.targets) },
  });
}

function flagRule(env: Environment, isForAll: boolean, targets: ReadonlySet<string>) {
  const { users, organizations } = env.store;
  return {
    access_type: isForAll ? 'all' : targets.size > 0 ? 'some' : 'none',
    configured_targets: {
      organizations: [...targets].flatMap((id) => {
        const organization = organizations.get(id);
        return organization ? [{ id, name: organization.name }] : [];
      }),
      users: [...targets].flatMap((id) => {
        const user = users.get(id);
        return user ? [{ id, email: user.email }] : [];
      }),
    },
  };
}

/** Something that Vault did for the holder of the API key. */
export function emitVault(env: Environment, what: string, data: Record<string, unknown>): void {
  const actor = { actor_id: 'api_key', actor_source: 'api', actor_name: 'API key' };
  emit(env, `vault.${what}`, { ...actor, ...data });
}

/** How events name what a person proved themselves with. */
export type AuthenticationKind =
  | 'email_verification'
  | 'magic_auth'
  | 'mfa'
  | 'oauth'
  | 'passkey'
  | 'password'
  | 'sso';

/** The kind that a session's method counts as; none for an impersonation, which is nobody's own sign-in. */
export function kindOf(method: AuthenticationMethod): AuthenticationKind | null {
  switch (method) {
    case 'Password':
      return 'password';
    case 'MagicAuth':
      return 'magic_auth';
    case 'Passkey':
      return 'passkey';
    case 'SSO':
      return 'sso';
    case 'Impersonation':
      return null;
    default:
      return 'oauth';
  }
}

/** Who tried to sign in, as far as that is known. */
export interface Attempt {
  kind: AuthenticationKind;
  email: string | null;
  userId: string | null;
  /** Of an attempt at an identity provider. */
  sso?: { organizationId: string | null; connectionId: string | null };
}

/** @param error Why it failed; left out when it succeeded. */
export function emitAuthentication(
  env: Environment,
  attempt: Attempt,
  error?: ErrorResponse,
): void {
  const { kind, email, userId, sso } = attempt;
  const status = error ? 'failed' : 'succeeded';
  emit(env, `authentication.${kind}_${status}`, {
    type: kind,
    status,
    ip_address: null,
    user_agent: null,
    user_id: userId,
    email,
    ...(kind === 'sso' && {
      sso: {
        organization_id: sso?.organizationId ?? null,
        connection_id: sso?.connectionId ?? null,
        session_id: null,
      },
    }),
    ...(error && {
      error: { code: String(error.body.code ?? error.body.error), message: error.message },
    }),
  });
}

function environmentId(env: Environment): string {
  return `environment_${env.store.settings.clientId}`;
}
