import { Collection, RecentMap } from './collection.ts';
import type { Clock } from './clock.ts';
import { defaultSeed } from './default-seed.ts';
import type {
  ApiKey,
  AuthChallenge,
  AuthFactor,
  AuthorizationCode,
  AuthorizationRequest,
  BrowserSession,
  Connection,
  DeviceAuthorization,
  Directory,
  DirectoryGroup,
  DirectoryUser,
  EmailedSecret,
  Event,
  FeatureFlag,
  HostedSignIn,
  Invitation,
  Organization,
  OrganizationMembership,
  OutsideSignIn,
  PendingAuthentication,
  Permission,
  Role,
  RotatedToken,
  Session,
  SsoGrant,
  SsoRequest,
  User,
  VaultDataKey,
  VaultObject,
  WebhookDelivery,
  WebhookEndpoint,
} from './entities.ts';
import { createId, randomString } from './ids.ts';
import { checkTemplate, TemplateError, templateText } from './jwt-template.ts';
import { type Seed, SeedError } from './seed.ts';

/** A week, in milliseconds: how long an invitation lives unless told otherwise. */
const INVITATION_LIFETIME = 7 * 24 * 60 * 60 * 1000;

/**
 * How many of a kind that time alone brings are kept, such as sessions and codes; the oldest leave first. A mock that runs
 * for days under load does not grow. People, organizations and what hangs on them are never dropped.
 */
const CAPACITY = 20_000;
/** The same for what only an onlooker reads. */
const RECORD_CAPACITY = 2_000;

/** What the dashboard holds for one WorkOS environment. */
export interface Settings {
  clientId: string;
  apiKey: string;
  redirectUris: string[];
  logoutUris: string[];
  corsOrigins: string[];
  /** As text, because it need not be JSON before it is filled. */
  jwtTemplate: string | null;
  /** The buttons of the hosted page, e.g. `GoogleOAuth`. */
  socialProviders: string[];
  /** Whether everybody must have a second factor. */
  mfaRequired: boolean;
  /** Seconds that an access token lives; null for the mock's own option. */
  accessTokenLifetime: number | null;
}

/** Everything a mock remembers. A reset makes a new one from the seed. */
export type Store = ReturnType<typeof createStore>;

/**
 * Makes the state of one mock.
 *
 * @param seed What it knows at the start; the environment's settings are the default seed's where left out.
 * @param clock For the times of creation.
 * @throws SeedError when a name in the seed refers to nothing.
 */
export function createStore(seed: Seed, clock: Clock) {
  const store = {
    settings: {
      clientId: seed.clientId ?? defaultSeed.clientId,
      apiKey: seed.apiKey ?? defaultSeed.apiKey,
      redirectUris: [...(seed.redirectUris ?? defaultSeed.redirectUris)],
      logoutUris: [...(seed.logoutUris ?? defaultSeed.logoutUris)],
      corsOrigins: [...(seed.corsOrigins ?? defaultSeed.corsOrigins)],
      jwtTemplate: templateOf(seed),
      socialProviders: [...(seed.socialProviders ?? defaultSeed.socialProviders)],
      mfaRequired: seed.mfaRequired ?? false,
      accessTokenLifetime: null,
    } as Settings,
    users: new Collection<User, 'email' | 'externalId'>({
      email: (user) => user.email.toLowerCase(),
      externalId: (user) => user.externalId,
    }),
    organizations: new Collection<Organization, 'name' | 'externalId'>({
      name: (organization) => organization.name,
      externalId: (organization) => organization.externalId,
    }),
    memberships: new Collection<OrganizationMembership, 'userId' | 'organizationId'>({
      userId: (membership) => membership.userId,
      organizationId: (membership) => membership.organizationId,
    }),
    roles: new Collection<Role, 'slug' | 'organizationId'>({
      slug: (role) => role.slug,
      organizationId: (role) => role.organizationId,
    }),
    permissions: new Collection<Permission, 'slug'>({ slug: (permission) => permission.slug }),
    featureFlags: new Collection<FeatureFlag, 'slug'>({ slug: (flag) => flag.slug }),
    apiKeys: new Collection<ApiKey, 'value' | 'organizationId' | 'userId'>({
      value: (key) => key.value,
      organizationId: (key) => key.organizationId,
      userId: (key) => key.userId,
    }),
    invitations: new Collection<Invitation, 'token' | 'email' | 'organizationId'>({
      token: (invitation) => invitation.token,
      email: (invitation) => invitation.email.toLowerCase(),
      organizationId: (invitation) => invitation.organizationId,
    }),
    sessions: new Collection<Session, 'userId' | 'refreshToken'>(
      {
        userId: (session) => session.userId,
        refreshToken: (session) => session.refreshToken,
      },
      CAPACITY,
    ),
    emailedSecrets: new Collection<EmailedSecret, 'userId' | 'secret'>(
      {
        userId: (secret) => secret.userId,
        secret: (secret) => secret.secret,
      },
      CAPACITY,
    ),
    connections: new Collection<Connection, 'organizationId'>({
      organizationId: (connection) => connection.organizationId,
    }),
    directories: new Collection<Directory, 'organizationId'>({
      organizationId: (directory) => directory.organizationId,
    }),
    directoryGroups: new Collection<DirectoryGroup, 'directoryId'>({
      directoryId: (group) => group.directoryId,
    }),
    directoryUsers: new Collection<DirectoryUser, 'directoryId'>({
      directoryId: (user) => user.directoryId,
    }),
    authFactors: new Collection<AuthFactor, 'userId'>({ userId: (factor) => factor.userId }),
    authChallenges: new Collection<AuthChallenge>({}, CAPACITY),
    vaultObjects: new Collection<VaultObject, 'name'>({ name: (object) => object.name }),
    vaultDataKeys: new Map<string, VaultDataKey>(),
    webhookEndpoints: new Collection<WebhookEndpoint, 'url'>({ url: (endpoint) => endpoint.url }),
    events: new Collection<Event>({}),
    webhookDeliveries: new Collection<WebhookDelivery>({}, RECORD_CAPACITY),
    // Short-lived things, oldest first, so that expired ones are found at the front.
    rotatedTokens: new RecentMap<RotatedToken>(CAPACITY),
    codes: new RecentMap<AuthorizationCode>(CAPACITY),
    authorizationRequests: new RecentMap<AuthorizationRequest>(CAPACITY),
    deviceAuthorizations: new RecentMap<DeviceAuthorization>(CAPACITY),
    hostedSignIns: new RecentMap<HostedSignIn>(CAPACITY),
    outsideSignIns: new RecentMap<OutsideSignIn>(CAPACITY),
    browserSessions: new RecentMap<BrowserSession>(CAPACITY),
    pendingAuthentications: new RecentMap<PendingAuthentication>(CAPACITY),
    ssoRequests: new RecentMap<SsoRequest>(CAPACITY),
    ssoGrants: new RecentMap<SsoGrant>(CAPACITY),
  };
  fill(store, seed, clock);
  return store;
}

/** Removes what has expired from the front of a map that is in order of expiry. */
export function sweep<T>(map: Map<string, T>, gone: (item: T) => boolean): void {
  for (const [key, item] of map) {
    if (!gone(item)) return;
    map.delete(key);
  }
}

/** The first twenty people, with the organizations that each is a member of and as what. */
export function listPeople({ users, memberships, organizations }: Store) {
  return users
    .all()
    .slice(0, 20)
    .map((user) => ({
      name: fullName(user),
      email: user.email,
      organizations:
        memberships
          .where('userId', user.id)
          .map((m) => `${organizations.get(m.organizationId)?.name} (${m.roles.join(', ')})`)
          .join(', ') || 'none',
    }));
}

/** A person's name as it is shown; the address for who has none. */
export function fullName(user: User): string {
  return [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email;
}

/** The organization with that id or name. */
export function findOrganization(store: Store, idOrName: string): Organization | undefined {
  return store.organizations.get(idOrName) ?? store.organizations.find('name', idOrName);
}

/** The permissions that the roles of a membership give, each once. */
export function permissionsOf(store: Store, membership: OrganizationMembership): string[] {
  const slugs = new Set<string>();
  for (const slug of membership.roles) {
    for (const permission of findRole(store, slug, membership.organizationId)?.permissions ?? []) {
      slugs.add(permission);
    }
  }
  return [...slugs];
}

/** The role with that slug: the organization's own before the environment's. */
export function findRole(
  store: Store,
  slug: string,
  organizationId: string | null,
): Role | undefined {
  const roles = store.roles.where('slug', slug);
  return (
    roles.find((role) => role.organizationId !== null && role.organizationId === organizationId) ??
    roles.find((role) => role.organizationId === null)
  );
}

/** Whether a flag is on for a person in an organization. */
export function flagIsOn(
  flag: FeatureFlag,
  who: { userId?: string | null; organizationId?: string | null },
): boolean {
  if (!flag.enabled) return false;
  return (
    flag.defaultValue ||
    (!!who.userId && flag.targets.has(who.userId)) ||
    (!!who.organizationId && flag.targets.has(who.organizationId))
  );
}

function templateOf({ jwtTemplate }: Seed): string | null {
  if (jwtTemplate === undefined) return null;
  const template = templateText(jwtTemplate);
  try {
    checkTemplate(template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new SeedError(`seed: jwtTemplate: ${error.message}`);
  }
  return template;
}

function fill(store: Store, seed: Seed, clock: Clock): void {
  const dated = () => ({ createdAt: clock.iso(), updatedAt: clock.iso() });
  const id = (prefix: string) => createId(prefix, clock.now());

  const organizationId = (idOrName: string, path: string): string => {
    const organization = findOrganization(store, idOrName);
    if (organization) return organization.id;
    const known = store.organizations.all().map((o) => o.name);
    throw new SeedError(
      `seed: ${path}: no organization "${idOrName}"; known: ${known.join(', ') || 'none'}`,
    );
  };
  const roleSlug = (slug: string, path: string): string => {
    if (findRole(store, slug, null)) return slug;
    const known = store.roles.all().map((role) => role.slug);
    throw new SeedError(`seed: ${path}: no role "${slug}"; known: ${known.join(', ') || 'none'}`);
  };

  const ownId = (
    given: string | undefined,
    prefix: string,
    taken: { get(id: string): unknown },
    path: string,
  ): string => {
    if (given !== undefined && taken.get(given)) {
      throw new SeedError(`seed: ${path}.id: "${given}" is there twice`);
    }
    return given ?? id(prefix);
  };
  const checkPermissions = (slugs: readonly string[] | undefined, path: string): void => {
    const i = slugs?.findIndex((slug) => !store.permissions.find('slug', slug)) ?? -1;
    if (i < 0) return;
    throw new SeedError(`seed: ${path}.permissions[${i}]: no permission "${slugs?.[i]}"`);
  };

  const permissions: NonNullable<Seed['permissions']> = seed.permissions ?? defaultSeed.permissions;
  for (const { slug, name, description } of permissions) {
    store.permissions.insert({
      id: id('perm'),
      slug,
      name: name ?? slug,
      description: description ?? null,
      ...dated(),
    });
  }
  const roles: NonNullable<Seed['roles']> = seed.roles ?? defaultSeed.roles;
  roles.forEach((role, i) => {
    checkPermissions(role.permissions, `roles[${i}]`);
    store.roles.insert({
      id: id('role'),
      slug: role.slug,
      name: role.name ?? role.slug,
      description: role.description ?? null,
      permissions: [...(role.permissions ?? [])],
      organizationId: null,
      ...dated(),
    });
  });
  seed.organizations?.forEach((organization, i) => {
    store.organizations.insert({
      id: ownId(organization.id, 'org', store.organizations, `organizations[${i}]`),
      name: organization.name,
      domains: (organization.domains ?? []).map((domain) => ({
        id: id('org_domain'),
        domain,
        state: 'verified',
      })),
      externalId: organization.externalId ?? null,
      stripeCustomerId: null,
      ssoRequired: organization.ssoRequired ?? false,
      metadata: { ...organization.metadata },
      ...dated(),
    });
  });
  seed.users?.forEach((person, i) => {
    const userId = person.id ?? id('user');
    if (store.users.get(userId) || store.users.find('email', person.email.toLowerCase())) {
      throw new SeedError(`seed: users[${i}]: "${person.id ?? person.email}" is there twice`);
    }
    store.users.insert({
      id: userId,
      email: person.email,
      firstName: person.firstName ?? null,
      lastName: person.lastName ?? null,
      emailVerified: person.emailVerified ?? true,
      profilePictureUrl: person.profilePictureUrl ?? null,
      lastSignInAt: null,
      externalId: person.externalId ?? null,
      locale: person.locale ?? null,
      metadata: { ...person.metadata },
      password: person.password ?? null,
      canImpersonate: person.canImpersonate ?? false,
      ...dated(),
    });
    person.memberships?.forEach((membership, j) => {
      const path = `users[${i}].memberships[${j}]`;
      store.memberships.insert({
        id: id('om'),
        userId,
        organizationId: organizationId(membership.organization, `${path}.organization`),
        roles: [roleSlug(membership.role ?? 'member', `${path}.role`)],
        status: membership.status ?? 'active',
        ...dated(),
      });
    });
  });
  seed.featureFlags?.forEach((flag, i) => {
    const users = (flag.users ?? []).map((email, j) => {
      const user = store.users.find('email', email.toLowerCase());
      if (!user) throw new SeedError(`seed: featureFlags[${i}].users[${j}]: no user "${email}"`);
      return user.id;
    });
    const organizations = (flag.organizations ?? []).map((name, j) =>
      organizationId(name, `featureFlags[${i}].organizations[${j}]`),
    );
    store.featureFlags.insert({
      id: id('flag'),
      slug: flag.slug,
      name: flag.name ?? flag.slug,
      description: flag.description ?? null,
      enabled: flag.enabled ?? true,
      defaultValue: flag.defaultValue ?? false,
      targets: new Set([...users, ...organizations]),
      ...dated(),
    });
  });
  seed.apiKeys?.forEach((key, i) => {
    if (store.apiKeys.find('value', key.value)) {
      throw new SeedError(`seed: apiKeys[${i}].value: "${key.value}" is there twice`);
    }
    checkPermissions(key.permissions, `apiKeys[${i}]`);
    store.apiKeys.insert({
      id: ownId(key.id, 'api_key', store.apiKeys, `apiKeys[${i}]`),
      name: key.name,
      value: key.value,
      organizationId: organizationId(key.organization, `apiKeys[${i}].organization`),
      userId: null,
      permissions: [...(key.permissions ?? [])],
      lastUsedAt: null,
      ...dated(),
    });
  });
  seed.invitations?.forEach((invitation, i) => {
    store.invitations.insert({
      id: id('invitation'),
      email: invitation.email,
      token: invitation.token ?? randomString(24),
      organizationId: invitation.organization
        ? organizationId(invitation.organization, `invitations[${i}].organization`)
        : null,
      inviterUserId: null,
      acceptedUserId: null,
      roleSlug: invitation.role ? roleSlug(invitation.role, `invitations[${i}].role`) : null,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: clock.now() + INVITATION_LIFETIME,
      ...dated(),
    });
  });
  seed.connections?.forEach((connection, i) => {
    store.connections.insert({
      id: ownId(connection.id, 'conn', store.connections, `connections[${i}]`),
      name: connection.name,
      organizationId: organizationId(connection.organization, `connections[${i}].organization`),
      type: connection.type ?? 'OktaSAML',
      state: connection.state ?? 'active',
      domains: (connection.domains ?? []).map((domain) => ({ id: id('conn_domain'), domain })),
      ...dated(),
    });
  });
  seed.directories?.forEach((directory, i) => {
    const ofOrganization = organizationId(directory.organization, `directories[${i}].organization`);
    const { id: directoryId } = store.directories.insert({
      id: ownId(directory.id, 'directory', store.directories, `directories[${i}]`),
      name: directory.name,
      organizationId: ofOrganization,
      type: directory.type ?? 'okta scim v2.0',
      state: 'linked',
      domain: directory.domain ?? '',
      externalKey: randomString(16),
      ...dated(),
    });
    const groupIds = new Map(
      (directory.groups ?? []).map((name) => {
        const group = {
          idpId: randomString(12),
          directoryId,
          organizationId: ofOrganization,
          name,
        };
        const { id: groupId } = store.directoryGroups.insert({
          id: id('directory_group'),
          ...group,
          ...dated(),
        });
        return [name, groupId];
      }),
    );
    directory.users?.forEach((person, j) => {
      const path = `directories[${i}].users[${j}]`;
      store.directoryUsers.insert({
        id: ownId(person.id, 'directory_user', store.directoryUsers, path),
        idpId: randomString(12),
        directoryId,
        organizationId: ofOrganization,
        email: person.email,
        firstName: person.firstName ?? null,
        lastName: person.lastName ?? null,
        state: person.state ?? 'active',
        role: person.role === undefined ? null : roleSlug(person.role, `${path}.role`),
        customAttributes: { ...person.customAttributes },
        groupIds: (person.groups ?? []).map((name, k) => {
          const groupId = groupIds.get(name);
          if (groupId) return groupId;
          throw new SeedError(`seed: ${path}.groups[${k}]: the directory has no group "${name}"`);
        }),
        ...dated(),
      });
    });
  });
}
