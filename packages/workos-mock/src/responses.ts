import type {
  ApiKey,
  AuthChallenge,
  AuthFactor,
  Connection,
  Directory,
  DirectoryGroup,
  DirectoryUser,
  EmailedSecret,
  Event,
  FeatureFlag,
  Invitation,
  Organization,
  OrganizationMembership,
  Permission,
  Role,
  Session,
  User,
  VaultObject,
  WebhookEndpoint,
} from './entities.ts';
import type { Store } from './store.ts';

/** What the API answers, in WorkOS' field names. Checked against the vendor's OpenAPI document in `test/openapi.test.ts`. */

export function userResponse(user: User) {
  return {
    object: 'user' as const,
    id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    first_name: user.firstName,
    last_name: user.lastName,
    profile_picture_url: user.profilePictureUrl,
    last_sign_in_at: user.lastSignInAt,
    external_id: user.externalId,
    locale: user.locale,
    metadata: user.metadata,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

export function organizationResponse(organization: Organization) {
  return {
    object: 'organization' as const,
    id: organization.id,
    name: organization.name,
    domains: organization.domains.map((domain) => ({
      object: 'organization_domain' as const,
      id: domain.id,
      organization_id: organization.id,
      domain: domain.domain,
      state: domain.state,
      verification_strategy: 'manual' as const,
      created_at: organization.createdAt,
      updated_at: organization.updatedAt,
    })),
    metadata: organization.metadata,
    external_id: organization.externalId,
    ...(organization.stripeCustomerId && { stripe_customer_id: organization.stripeCustomerId }),
    allow_profiles_outside_organization: false,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

export function membershipResponse(store: Store, membership: OrganizationMembership) {
  const [role = 'member'] = membership.roles;
  return {
    object: 'organization_membership' as const,
    id: membership.id,
    user_id: membership.userId,
    organization_id: membership.organizationId,
    organization_name: store.organizations.get(membership.organizationId)?.name ?? '',
    status: membership.status,
    directory_managed: false,
    custom_attributes: {},
    role: { slug: role },
    roles: membership.roles.map((slug) => ({ slug })),
    user: userResponse(store.users.get(membership.userId)!),
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
  };
}

export function roleResponse(role: Role) {
  return {
    object: 'role' as const,
    id: role.id,
    slug: role.slug,
    name: role.name,
    description: role.description,
    type: role.organizationId ? ('OrganizationRole' as const) : ('EnvironmentRole' as const),
    resource_type_slug: 'organization',
    permissions: role.permissions,
    created_at: role.createdAt,
    updated_at: role.updatedAt,
  };
}

export function permissionResponse(permission: Permission) {
  return {
    object: 'permission' as const,
    id: permission.id,
    slug: permission.slug,
    name: permission.name,
    description: permission.description,
    system: false,
    resource_type_slug: 'organization',
    created_at: permission.createdAt,
    updated_at: permission.updatedAt,
  };
}

export function featureFlagResponse(flag: FeatureFlag) {
  return {
    object: 'feature_flag' as const,
    id: flag.id,
    slug: flag.slug,
    name: flag.name,
    description: flag.description,
    owner: null,
    tags: [],
    enabled: flag.enabled,
    default_value: flag.defaultValue,
    created_at: flag.createdAt,
    updated_at: flag.updatedAt,
  };
}

export function apiKeyResponse(key: ApiKey) {
  return {
    object: 'api_key' as const,
    id: key.id,
    owner: key.userId
      ? { type: 'user' as const, id: key.userId, organization_id: key.organizationId }
      : { type: 'organization' as const, id: key.organizationId },
    name: key.name,
    obfuscated_value: `sk_...${key.value.slice(-4)}`,
    last_used_at: key.lastUsedAt,
    permissions: key.permissions,
    created_at: key.createdAt,
    updated_at: key.updatedAt,
  };
}

/** @param now Milliseconds since 1970: an invitation expires without anybody touching it. */
export function invitationResponse(invitation: Invitation, now: number, origin: string) {
  return {
    object: 'invitation' as const,
    id: invitation.id,
    email: invitation.email,
    state: invitationState(invitation, now),
    accepted_at: invitation.acceptedAt,
    revoked_at: invitation.revokedAt,
    expires_at: new Date(invitation.expiresAt).toISOString(),
    organization_id: invitation.organizationId,
    inviter_user_id: invitation.inviterUserId,
    accepted_user_id: invitation.acceptedUserId,
    role_slug: invitation.roleSlug,
    token: invitation.token,
    accept_invitation_url: `${origin}/authkit/invitation?invitation_token=${invitation.token}`,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}

export function invitationState(
  invitation: Invitation,
  now: number,
): 'pending' | 'accepted' | 'expired' | 'revoked' {
  if (invitation.acceptedAt) return 'accepted';
  if (invitation.revokedAt) return 'revoked';
  return invitation.expiresAt <= now ? 'expired' : 'pending';
}

const SESSION_METHODS: Record<string, string> = {
  SSO: 'sso',
  Password: 'password',
  MagicAuth: 'magic_code',
  Impersonation: 'impersonation',
  Passkey: 'passkey',
};

export function sessionResponse(session: Session, now: number) {
  const expired = session.expiresAt <= now;
  return {
    object: 'session' as const,
    id: session.id,
    user_id: session.userId,
    ...(session.organizationId && { organization_id: session.organizationId }),
    ...(session.impersonator && { impersonator: session.impersonator }),
    ip_address: null,
    user_agent: null,
    auth_method: SESSION_METHODS[session.method] ?? 'oauth',
    status: session.endedAt ? 'revoked' : expired ? 'expired' : 'active',
    expires_at: new Date(session.expiresAt).toISOString(),
    ended_at: session.endedAt,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** A Magic Auth code, an e-mail verification or a password reset, each with the fields of its kind. */
export function emailedSecretResponse(secret: EmailedSecret, origin: string) {
  const common = {
    object: secret.kind,
    id: secret.id,
    user_id: secret.userId,
    email: secret.email,
    expires_at: new Date(secret.expiresAt).toISOString(),
    created_at: secret.createdAt,
  };
  if (secret.kind === 'password_reset') {
    return {
      ...common,
      password_reset_token: secret.secret,
      password_reset_url: `${origin}/authkit/reset-password?token=${secret.secret}`,
    };
  }
  return { ...common, updated_at: secret.updatedAt, code: secret.secret };
}

export function connectionResponse(connection: Connection) {
  return {
    object: 'connection' as const,
    id: connection.id,
    organization_id: connection.organizationId,
    connection_type: connection.type,
    name: connection.name,
    state: connection.state,
    status: connection.state === 'active' ? ('linked' as const) : ('unlinked' as const),
    domains: connection.domains.map(({ id, domain }) => ({
      id,
      object: 'connection_domain' as const,
      domain,
    })),
    created_at: connection.createdAt,
    updated_at: connection.updatedAt,
  };
}

/** What an identity provider says about a person. */
export function profileResponse(
  store: Store,
  user: User,
  connection: { id: string; type: string; organizationId: string | null },
) {
  const membership = store.memberships
    .where('userId', user.id)
    .find(({ organizationId }) => organizationId === connection.organizationId);
  return {
    object: 'profile' as const,
    id: `prof_${user.id.replace(/^user_/, '')}`,
    organization_id: connection.organizationId,
    connection_id: connection.id,
    connection_type: connection.type,
    idp_id: `idp|${user.id}`,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    name: [user.firstName, user.lastName].filter(Boolean).join(' ') || null,
    role: membership ? { slug: membership.roles[0]! } : null,
    roles: membership ? membership.roles.map((slug) => ({ slug })) : null,
    groups: [],
    custom_attributes: {},
    raw_attributes: { email: user.email },
  };
}

export function directoryResponse(store: Store, directory: Directory) {
  const users = store.directoryUsers.where('directoryId', directory.id);
  const active = users.filter(({ state }) => state === 'active').length;
  return {
    object: 'directory' as const,
    id: directory.id,
    organization_id: directory.organizationId,
    external_key: directory.externalKey,
    type: directory.type,
    state: directory.state,
    name: directory.name,
    domain: directory.domain,
    metadata: {
      users: { active, inactive: users.length - active },
      groups: store.directoryGroups.where('directoryId', directory.id).length,
    },
    created_at: directory.createdAt,
    updated_at: directory.updatedAt,
  };
}

export function directoryGroupResponse(group: DirectoryGroup) {
  return {
    object: 'directory_group' as const,
    id: group.id,
    idp_id: group.idpId,
    directory_id: group.directoryId,
    organization_id: group.organizationId,
    name: group.name,
    raw_attributes: {},
    created_at: group.createdAt,
    updated_at: group.updatedAt,
  };
}

export function directoryUserResponse(store: Store, user: DirectoryUser) {
  const { job_title: jobTitle } = user.customAttributes;
  return {
    object: 'directory_user' as const,
    id: user.id,
    directory_id: user.directoryId,
    organization_id: user.organizationId,
    idp_id: user.idpId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    name: [user.firstName, user.lastName].filter(Boolean).join(' ') || null,
    // Deprecated beside the custom attributes, and still sent: SDKs before 8 read them.
    emails: [{ primary: true, type: 'work', value: user.email }],
    username: user.email,
    job_title: typeof jobTitle === 'string' ? jobTitle : null,
    state: user.state,
    raw_attributes: {},
    custom_attributes: user.customAttributes,
    ...(user.role && { role: { slug: user.role }, roles: [{ slug: user.role }] }),
    groups: user.groupIds.map((id) => directoryGroupResponse(store.directoryGroups.get(id)!)),
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

export function authFactorResponse(factor: AuthFactor) {
  return {
    object: 'authentication_factor' as const,
    id: factor.id,
    type: factor.type,
    ...(factor.userId && { user_id: factor.userId }),
    ...(factor.totp && { totp: { issuer: factor.totp.issuer, user: factor.totp.user } }),
    ...(factor.sms && { sms: { phone_number: factor.sms.phoneNumber } }),
    created_at: factor.createdAt,
    updated_at: factor.updatedAt,
  };
}

export function authChallengeResponse(challenge: AuthChallenge) {
  return {
    object: 'authentication_challenge' as const,
    id: challenge.id,
    expires_at: new Date(challenge.expiresAt).toISOString(),
    authentication_factor_id: challenge.factorId,
    created_at: challenge.createdAt,
    updated_at: challenge.updatedAt,
  };
}

export function vaultMetadataResponse(environmentId: string, object: VaultObject) {
  return {
    id: object.id,
    context: object.context,
    environment_id: environmentId,
    key_id: object.keyId,
    updated_at: object.updatedAt,
    updated_by: { id: 'api_key', name: 'API key' },
    version_id: object.versions.at(-1)!.id,
  };
}

export function webhookEndpointResponse(endpoint: WebhookEndpoint) {
  return {
    object: 'webhook_endpoint' as const,
    id: endpoint.id,
    endpoint_url: endpoint.url,
    secret: endpoint.secret,
    status: endpoint.status,
    events: endpoint.events,
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
  };
}

export function eventResponse(event: Event) {
  return {
    object: 'event' as const,
    id: event.id,
    event: event.event,
    data: event.data,
    ...(event.context && { context: event.context }),
    created_at: event.createdAt,
  };
}
