import type { z } from 'zod';
import type { Seed } from './seed.ts';
import { findRole, type Store } from './store.ts';

/** Writes the present state as a seed, so that what was clicked together can be started from. Sessions are not part of it. */
export function exportSeed(store: Store): Seed {
  const { settings } = store;
  // A name that two organizations have says nothing.
  const nameOf = (organizationId: string) => {
    const name = store.organizations.get(organizationId)?.name;
    return name && store.organizations.where('name', name).length === 1 ? name : organizationId;
  };
  // A seed knows the roles of the environment alone, not those of an organization.
  const known = (slug: string | null | undefined) =>
    slug && findRole(store, slug, null) ? slug : undefined;
  const emailOf = (userId: string) => store.users.get(userId)?.email;
  return {
    clientId: settings.clientId,
    apiKey: settings.apiKey,
    redirectUris: settings.redirectUris,
    logoutUris: settings.logoutUris,
    corsOrigins: settings.corsOrigins,
    socialProviders: settings.socialProviders,
    ...(settings.mfaRequired && { mfaRequired: true }),
    ...(settings.jwtTemplate && { jwtTemplate: settings.jwtTemplate }),
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
      ...(organization.ssoRequired && { ssoRequired: true }),
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
        role: known(membership.roles[0]),
        status: membership.status,
      })),
    })),
    featureFlags: store.featureFlags.all().map((flag) => ({
      slug: flag.slug,
      name: flag.name,
      enabled: flag.enabled,
      defaultValue: flag.defaultValue,
      users: [...flag.targets].flatMap((id) => emailOf(id) ?? []),
      organizations: [...flag.targets].flatMap((id) =>
        store.organizations.get(id) ? nameOf(id) : [],
      ),
    })),
    apiKeys: store.apiKeys
      .all()
      .filter((key) => key.userId === null)
      .map(({ id, name, value, organizationId, permissions }) => ({
        id,
        name,
        value,
        organization: nameOf(organizationId),
        permissions: permissions.filter((slug) => store.permissions.find('slug', slug)),
      })),
    invitations: store.invitations
      .all()
      .filter(({ acceptedAt, revokedAt }) => acceptedAt === null && revokedAt === null)
      .map(({ email, token, organizationId, roleSlug }) => ({
        email,
        token,
        ...(organizationId && { organization: nameOf(organizationId) }),
        ...(known(roleSlug) && { role: known(roleSlug) }),
      })),
    connections: store.connections.all().map((connection) => ({
      id: connection.id,
      name: connection.name,
      organization: nameOf(connection.organizationId),
      type: connection.type,
      state: connection.state,
      domains: connection.domains.map(({ domain }) => domain),
    })),
    directories: store.directories.all().map((directory) => {
      const groups = store.directoryGroups.where('directoryId', directory.id);
      return {
        id: directory.id,
        name: directory.name,
        organization: nameOf(directory.organizationId),
        type: directory.type,
        domain: directory.domain,
        groups: groups.map(({ name }) => name),
        users: store.directoryUsers.where('directoryId', directory.id).map((user) => ({
          id: user.id,
          email: user.email,
          ...(user.firstName && { firstName: user.firstName }),
          ...(user.lastName && { lastName: user.lastName }),
          state: user.state,
          ...(known(user.role) && { role: known(user.role) }),
          groups: groups.filter(({ id }) => user.groupIds.includes(id)).map(({ name }) => name),
          customAttributes: user.customAttributes as Record<string, z.core.util.JSONType>,
        })),
      };
    }),
  };
}
