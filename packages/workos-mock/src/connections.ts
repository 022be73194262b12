import type { AuthenticationMethod, Connection, Directory, User } from './entities.ts';
import type { Environment } from './environment.ts';
import { emitDirectoryDeleted } from './event-data.ts';
import { emit } from './events.ts';
import { connectionResponse } from './responses.ts';

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

/** Removes a connection. */
export function deleteConnection(env: Environment, connection: Connection): void {
  env.store.connections.delete(connection);
  emit(env, 'connection.deleted', connectionResponse(connection));
}

/** Removes a directory with its users and groups; one event tells of all of it. */
export function deleteDirectory(env: Environment, directory: Directory): void {
  const { store } = env;
  for (const user of store.directoryUsers.where('directoryId', directory.id)) {
    store.directoryUsers.delete(user);
  }
  for (const group of store.directoryGroups.where('directoryId', directory.id)) {
    store.directoryGroups.delete(group);
  }
  store.directories.delete(directory);
  emitDirectoryDeleted(env, directory);
}
