import { defaultSeed } from './default-seed.ts';
import { templateText } from './jwt-template.ts';
import type { Seed } from './seed.ts';

/** A seed in another program's format, and what that format has no place for. */
export interface ConvertedSeed {
  config: Record<string, unknown>;
  /** One line each, e.g. `featureFlags: 2`. */
  leftOut: string[];
}

/** Where a seed can go: the vendor's emulator, or a real environment by way of the vendor's command line. */
export const seedTargets = { emulator: toEmulatorConfig, cli: toCliSeed };

/**
 * Writes a seed as `workos-emulate.config.yaml` of `@workos/emulate`.
 *
 * @see https://github.com/workos/emulate#seed-configuration
 */
export function toEmulatorConfig(seed: Seed): ConvertedSeed {
  const organizationId = (idOrName: string) =>
    seed.organizations?.find(({ id, name }) => id === idOrName || name === idOrName)?.id;
  const config = {
    apiKeys: { [seed.apiKey ?? defaultSeed.apiKey]: { environment: 'test' } },
    permissions: (seed.permissions ?? defaultSeed.permissions).map(named),
    roles: (seed.roles ?? defaultSeed.roles).map((role) => ({
      ...named(role),
      permissions: role.permissions,
      is_default_role: role.slug === 'member',
    })),
    users: seed.users?.map((user) => ({
      id: user.id,
      email: user.email,
      first_name: user.firstName,
      last_name: user.lastName,
      password: user.password,
      email_verified: user.emailVerified ?? true,
      external_id: user.externalId,
      metadata: user.metadata,
    })),
    organizations: seed.organizations?.map(({ id, name, externalId, metadata, domains }) => ({
      id,
      name,
      external_id: externalId,
      metadata,
      domains: domains?.map((domain) => ({ domain, state: 'verified' })),
      memberships: seed.users?.flatMap(({ email, memberships = [] }) =>
        memberships
          .filter(({ organization }) => organization === name || organization === id)
          .map(({ role = 'member', status }) => ({ email, role, status })),
      ),
    })),
    connections: seed.connections?.map(({ name, organization, type, state, domains }) => ({
      name,
      connection_type: type ?? 'OktaSAML',
      organization: seed.organizations?.find(({ id }) => id === organization)?.name ?? organization,
      state,
      domains,
    })),
    invitations: seed.invitations?.map(({ email, organization, role }) => ({
      email,
      organization_id: organization && organizationId(organization),
      role_slug: role,
    })),
    jwtTemplate: seed.jwtTemplate && { content: templateText(seed.jwtTemplate) },
  };
  // It takes any client id and any address on this machine.
  const implied = ['$schema', 'apiKey', 'clientId', 'redirectUris', 'logoutUris', 'corsOrigins'];
  return { config: withoutGaps(config), leftOut: rest(seed, [...Object.keys(config), ...implied]) };
}

/**
 * Writes a seed as `workos-seed.yml`, for `workos seed --file` and a real environment. People are not part of that format.
 *
 * @see https://github.com/workos/cli
 */
export function toCliSeed(seed: Seed): ConvertedSeed {
  const isExact = (uri: string) => !uri.includes('*');
  const { redirectUris = [], corsOrigins = [], organizations } = seed;
  const config = {
    permissions: (seed.permissions ?? defaultSeed.permissions).map(named),
    roles: (seed.roles ?? defaultSeed.roles).map((role) => ({
      ...named(role),
      permissions: role.permissions,
    })),
    organizations: organizations?.map(({ name, domains }) => ({ name, domains })),
    config: {
      redirect_uris: redirectUris.filter(isExact),
      cors_origins: corsOrigins.filter(isExact),
    },
  };
  const wild = [...redirectUris, ...corsOrigins].filter((uri) => !isExact(uri));
  const taken = ['$schema', 'apiKey', 'clientId', 'redirectUris', 'corsOrigins'];
  return {
    config: withoutGaps(config),
    leftOut: [
      ...wild.map((uri) => `${uri}: a real environment wants exact addresses here`),
      ...rest(seed, [...Object.keys(config), ...taken]),
    ],
  };
}

function named({ slug, name, description }: { slug: string; name?: string; description?: string }) {
  return { slug, name: name ?? slug, description };
}

/** A copy without the fields that are undefined: YAML has no word for them. */
function withoutGaps(config: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
}

/** What of a seed was not written, by name and number. */
function rest(seed: Seed, written: string[]): string[] {
  return Object.entries(seed)
    .filter(([name]) => !written.includes(name))
    .map(([name, value]) => (Array.isArray(value) ? `${name}: ${value.length}` : name));
}
