import type { Seed } from './seed.ts';
import type { Store } from './store.ts';

/** Writes the present state as a seed, so that what was clicked together can be started from. Sessions are not part of it. */
export function exportSeed(store: Store): Seed {
  const { settings } = store;
  const nameOf = (organizationId: string) =>
    store.organizations.get(organizationId)?.name ?? organizationId;
  const emailOf = (userId: string) => store.users.get(userId)?.email;
  return {
    clientId: settings.clientId,
    apiKey: settings.apiKey,
    redirectUris: settings.redirectUris,
    logoutUris: settings.logoutUris,
    corsOrigins: settings.corsOrigins,
    ...(settings.jwtTemplate && { jwtTemplate: settings.jwtTemplate as Seed['jwtTemplate'] }),
    permissions: store.permissions.all().map(({ slug, name, description }) => ({
      slug,
      name,
      ...(description && { description }),
    })),
    roles: store.roles
      .all()
      .filter((role) => role.organizationId === null)
      .map(({ slug, name, permissions }) => ({ slug, name, permissions })),
    organizations: store.organizations.all().map((organization) => ({
      id: organization.id,
      name: organization.name,
      domains: organization.domains.map(({ domain }) => domain),
      ...(organization.externalId && { externalId: organization.externalId }),
      metadata: organization.metadata,
    })),
    users: store.users.all().map((user) => ({
      id: user.id,
      email: user.email,
      ...(user.firstName && { firstName: user.firstName }),
      ...(user.lastName && { lastName: user.lastName }),
      ...(user.password && { password: user.password }),
      emailVerified: user.emailVerified,
      ...(user.externalId && { externalId: user.externalId }),
      metadata: user.metadata,
      ...(user.canImpersonate && { canImpersonate: true }),
      memberships: store.memberships.where('userId', user.id).map((membership) => ({
        organization: nameOf(membership.organizationId),
        role: membership.roles[0],
        status: membership.status,
      })),
    })),
    featureFlags: store.featureFlags.all().map((flag) => ({
      slug: flag.slug,
      name: flag.name,
      enabled: flag.enabled,
      defaultValue: flag.defaultValue,
      users: [...flag.targets].flatMap((id) => emailOf(id) ?? []),
      organizations: [...flag.targets].flatMap((id) => store.organizations.get(id)?.name ?? []),
    })),
    apiKeys: store.apiKeys
      .all()
      .filter((key) => key.userId === null)
      .map(({ id, name, value, organizationId, permissions }) => ({
        id,
        name,
        value,
        organization: nameOf(organizationId),
        permissions,
      })),
  };
}
