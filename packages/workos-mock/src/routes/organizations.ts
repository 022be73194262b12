import { Hono } from 'hono';
import { z } from 'zod';
import { deleteConnection, deleteDirectory } from '../connections.ts';
import type { Organization } from '../entities.ts';
import { type AppContext, type AppTypes, type Environment } from '../environment.ts';
import { apiError, ErrorResponse, notFound } from '../errors.ts';
import { emitDomains, emitMembership, emitOrganization } from '../event-data.ts';
import { emit } from '../events.ts';
import { createId } from '../ids.ts';
import { listPage } from '../pagination.ts';
import { mergeMetadata, metadataSchema, readBody } from '../request-body.ts';
import { apiKeyResponse, organizationResponse } from '../responses.ts';

const organizationFields = z.object({
  name: z.string().min(1),
  domains: z.array(z.string()).optional(),
  domain_data: z
    .array(z.object({ domain: z.string(), state: z.enum(['pending', 'verified']) }))
    .optional(),
  external_id: z.string().nullish(),
  stripe_customer_id: z.string().nullish(),
  metadata: metadataSchema.nullish(),
});

/** Organizations: the tenants of an app. */
export const organizations = new Hono<AppTypes>()
  .get('/organizations', (c) => {
    const { store } = c.env;
    // Repeated, with brackets, or with commas between them: SDKs differ.
    const domains = (c.req.queries('domains') ?? c.req.queries('domains[]'))?.flatMap((names) =>
      names.split(','),
    );
    const search = c.req.query('search')?.toLowerCase();
    let items: readonly Organization[] = store.organizations.all();
    if (domains) items = items.filter((o) => o.domains.some((d) => domains.includes(d.domain)));
    if (search) items = items.filter((o) => o.name.toLowerCase().includes(search));
    return listPage(c, items, store.organizations, organizationResponse);
  })
  .post('/organizations', async (c) => {
    const body = await readBody(c, organizationFields);
    checkExternalId(c.env, body.external_id);
    checkDomains(c.env, body);
    return c.json(organizationResponse(createOrganization(c.env, body)), 201);
  })
  .get('/organizations/external_id/:externalId', (c) => {
    const externalId = c.req.param('externalId');
    const organization = c.env.store.organizations.find('externalId', externalId);
    if (!organization) throw notFound('Organization', externalId);
    return c.json(organizationResponse(organization));
  })
  .get('/organizations/:id', (c) => c.json(organizationResponse(organizationOf(c))))
  .put('/organizations/:id', async (c) => {
    const { store, clock } = c.env;
    const organization = organizationOf(c);
    const body = await readBody(c, organizationFields.partial());
    checkExternalId(c.env, body.external_id, organization);
    checkDomains(c.env, body, organization);
    const domains = domainsOf(c.env, body, organization.domains);
    const before = new Set(organization.domains.map(({ id }) => id));
    const after = new Set((domains ?? organization.domains).map(({ id }) => id));
    // Before anything is told of: this may refuse.
    const metadata =
      body.metadata === undefined
        ? organization.metadata
        : mergeMetadata(organization.metadata, body.metadata);
    emitDomains(c.env, 'deleted', organization, without(before, after));
    store.organizations.update(organization, {
      ...(body.name !== undefined && { name: body.name }),
      ...(domains && { domains }),
      ...(body.external_id !== undefined && { externalId: body.external_id }),
      ...(body.stripe_customer_id !== undefined && { stripeCustomerId: body.stripe_customer_id }),
      metadata,
      updatedAt: clock.iso(),
    });
    emitDomains(c.env, 'created', organization, without(after, before));
    emitOrganization(c.env, 'updated', organization);
    return c.json(organizationResponse(organization));
  })
  .delete('/organizations/:id', (c) => {
    deleteOrganization(c.env, organizationOf(c));
    return c.body(null, 200);
  });

/** The organization that a path names. */
export function organizationOf(c: AppContext): Organization {
  const id = c.req.param('id')!;
  const organization = c.env.store.organizations.get(id);
  if (!organization) throw notFound('Organization', id);
  return organization;
}

/** Adds an organization. */
export function createOrganization(
  env: Environment,
  fields: z.output<typeof organizationFields>,
): Organization {
  const { store, clock } = env;
  const organization = store.organizations.insert({
    id: createId('org', clock.now()),
    name: fields.name,
    domains: domainsOf(env, fields) ?? [],
    externalId: fields.external_id ?? null,
    stripeCustomerId: fields.stripe_customer_id ?? null,
    ssoRequired: false,
    metadata: mergeMetadata({}, fields.metadata),
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
  emitOrganization(env, 'created', organization);
  emitDomains(env, 'created', organization, new Set(organization.domains.map(({ id }) => id)));
  return organization;
}

/** Removes an organization with all that hangs on it. */
function deleteOrganization(env: Environment, organization: Organization): void {
  const { store } = env;
  const { id } = organization;
  for (const membership of store.memberships.where('organizationId', id)) {
    store.memberships.delete(membership);
    emitMembership(env, 'deleted', membership);
  }
  for (const key of store.apiKeys.where('organizationId', id)) {
    store.apiKeys.delete(key);
    emit(env, 'api_key.revoked', apiKeyResponse(key));
  }
  for (const connection of store.connections.where('organizationId', id)) {
    deleteConnection(env, connection);
  }
  for (const directory of store.directories.where('organizationId', id)) {
    deleteDirectory(env, directory);
  }
  for (const invitation of store.invitations.where('organizationId', id)) {
    store.invitations.delete(invitation);
  }
  for (const role of store.roles.where('organizationId', id)) store.roles.delete(role);
  store.organizations.delete(organization);
  emitOrganization(env, 'deleted', organization);
}

function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...ids].filter((id) => !others.has(id)));
}

function domainsOf(
  env: Environment,
  body: Pick<z.output<typeof organizationFields>, 'domains' | 'domain_data'>,
  present: Organization['domains'] = [],
): Organization['domains'] | undefined {
  const data =
    body.domain_data ?? body.domains?.map((domain) => ({ domain, state: 'verified' as const }));
  return data?.map(({ domain, state }) => ({
    id: present.find((own) => own.domain === domain)?.id ?? createId('org_domain', env.clock.now()),
    domain,
    state,
  }));
}

/** A verified domain belongs to one organization. */
function checkDomains(
  env: Environment,
  { domains = [], domain_data: data = [] }: Partial<z.output<typeof organizationFields>>,
  self?: Organization,
): void {
  const wanted = new Set([...domains, ...data.map(({ domain }) => domain)]);
  for (const other of env.store.organizations.all()) {
    const taken = other.domains.find((own) => own.state === 'verified' && wanted.has(own.domain));
    if (taken && other !== self) {
      const message = `The domain '${taken.domain}' belongs to another organization.`;
      throw new ErrorResponse(409, { message });
    }
  }
}

function checkExternalId(
  env: Environment,
  externalId: string | null | undefined,
  self?: Organization,
): void {
  const owner = externalId ? env.store.organizations.find('externalId', externalId) : undefined;
  if (owner && owner !== self) {
    throw apiError(400, 'external_id_already_used', 'This external_id is used already.');
  }
}
