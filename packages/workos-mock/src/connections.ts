import type { AuthenticationMethod, Connection, User } from './entities.ts';
import type { Environment } from './environment.ts';

/** The connection of an organization: an active one before others. */
export function connectionOf(
  env: Environment,
  organizationId: string | null,
): Connection | undefined {
  const connections = env.store.connections.where('organizationId', organizationId ?? '');
  return connections.find(({ state }) => state === 'active') ?? connections[0];
}

/** The active connection for an e-mail address: by the domains of the connection, or by those of its organization. */
export function connectionForEmail(env: Environment, email: string): Connection | undefined {
  const domain = email.split('@').at(-1)?.toLowerCase() ?? '';
  const { connections, organizations } = env.store;
  return connections
    .all()
    .find(
      ({ state, domains, organizationId }) =>
        state === 'active' &&
        (domains.some((owned) => owned.domain === domain) ||
          organizations.get(organizationId)?.domains.some((owned) => owned.domain === domain)),
    );
}

/** The connection that a person must come by to enter an organization, or to sign in with such an address at all. */
export function requiredConnection(
  env: Environment,
  organizationId: string | null,
  user: User,
  method: AuthenticationMethod,
): Connection | undefined {
  if (method === 'SSO' || method === 'Impersonation') return undefined;
  const connection = organizationId
    ? connectionOf(env, organizationId)
    : connectionForEmail(env, user.email);
  if (connection?.state !== 'active') return undefined;
  const organization = env.store.organizations.get(connection.organizationId);
  return organization?.ssoRequired ? connection : undefined;
}
