import { Hono } from 'hono';
import { html } from 'hono/html';
import { errorRedirect } from '../authorization.ts';
import type { AuthorizationRequest, Connection, User } from '../entities.ts';
import type { AppContext, AppTypes, Environment } from '../environment.ts';
import { DeadEnd, describe, openRequest, proceed, readForm } from '../hosted-sign-in.ts';
import { emitMembership } from '../event-data.ts';
import { createId } from '../ids.ts';
import { requestFields } from '../pages/form.ts';
import { identityProviderPage, providerName } from '../pages/identity-provider.ts';
import { createUser, markVerified } from '../users.ts';

/** The way of a hosted sign-in over an organization's identity provider, or over a social one. */
export const hostedIdentityProviders = new Hono<AppTypes>()
  .get('/authkit/provider', (c) => {
    const { authorization_session_id: id, connection, provider } = c.req.query();
    const request = openRequest(c, id);
    return c.html(show(c, request, providerOf(c.env, connection, provider), null));
  })
  .post('/authkit/provider', async (c) => {
    const { env } = c;
    const { request, form } = await readForm(c);
    const chosen = providerOf(env, form.connection, form.provider);
    const { connection } = chosen;
    if (!form.user_id && form.email === undefined) {
      const description = `The sign-in at ${chosen.name} was cancelled.`;
      return c.redirect(errorRedirect(env, request, 'access_denied', description), 303);
    }
    let user: User | undefined;
    try {
      user = form.user_id
        ? peopleOf(env, connection).find(({ id }) => id === form.user_id)
        : personWith(env, form);
    } catch (error) {
      return c.html(show(c, request, chosen, describe(error)), 400);
    }
    if (!user) throw new DeadEnd(`${chosen.name} does not know this person.`);
    if (connection) {
      const refused = enter(env, connection, user);
      if (refused) {
        const error = 'profile_not_allowed_outside_organization';
        return c.redirect(errorRedirect(env, request, error, refused), 303);
      }
      request.organizationId = connection.organizationId;
    }
    // The provider has seen to it that the address is the person's own.
    markVerified(env, user);
    return proceed(c, request, user, connection ? 'SSO' : (chosen.provider as `${string}OAuth`));
  });

interface Chosen {
  name: string;
  connection: Connection | null;
  provider: string;
}

/** @throws DeadEnd when there is no such provider. */
function providerOf(env: Environment, connectionId = '', provider = ''): Chosen {
  const connection = env.store.connections.get(connectionId);
  if (connection?.state === 'active') return { name: connection.name, connection, provider: '' };
  if (!env.store.settings.socialProviders.includes(provider)) {
    throw new DeadEnd('There is no such identity provider.');
  }
  return { name: providerName(provider), connection: null, provider };
}

/** Whom a provider knows: an organization's, its members; a social one, everybody. */
function peopleOf(env: Environment, connection: Connection | null): User[] {
  const { users, memberships } = env.store;
  if (!connection) return [...users.all()].slice(0, 8);
  return memberships
    .where('organizationId', connection.organizationId)
    .flatMap(({ userId }) => users.get(userId) ?? []);
}

/** Somebody by what the provider says of them; made when WorkOS has not met them. */
function personWith(env: Environment, form: Record<string, string | undefined>): User {
  const email = (form.email ?? '').trim();
  return (
    env.store.users.find('email', email.toLowerCase()) ??
    createUser(env, { email, firstName: form.first_name ?? null, lastName: form.last_name ?? null })
  );
}

/**
 * Just-in-time provisioning: who comes from an organization's identity provider is a member from then on.
 *
 * @returns Why not, for an address of a foreign domain.
 * @see https://workos.com/docs/authkit/jit-provisioning
 */
function enter(env: Environment, connection: Connection, user: User): string | null {
  const { memberships, organizations } = env.store;
  const { organizationId } = connection;
  const existing = memberships
    .where('userId', user.id)
    .find((membership) => membership.organizationId === organizationId);
  if (existing) return null;
  const domain = user.email.split('@').at(-1)?.toLowerCase();
  const domains = organizations.get(organizationId)?.domains ?? [];
  if (!domains.some((owned) => owned.domain === domain)) {
    return `${user.email} is not in a domain of the organization.`;
  }
  const membership = memberships.insert({
    id: createId('om', env.clock.now()),
    userId: user.id,
    organizationId,
    roles: ['member'],
    status: 'active',
    createdAt: env.clock.iso(),
    updatedAt: env.clock.iso(),
  });
  emitMembership(env, 'created', membership);
  return null;
}

function show(c: AppContext, request: AuthorizationRequest, chosen: Chosen, error: string | null) {
  const { name, connection, provider } = chosen;
  return identityProviderPage({
    name,
    people: peopleOf(c.env, connection),
    action: '/authkit/provider',
    fields: html`${requestFields(request)}<input
        type="hidden"
        name="${connection ? 'connection' : 'provider'}"
        value="${connection?.id ?? provider}"
      />`,
    knowsOthers: true,
    error,
  });
}
