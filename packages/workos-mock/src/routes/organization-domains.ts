import { Hono } from 'hono';
import { z } from 'zod';
import { type AppContext, type AppTypes } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitDomains } from '../event-data.ts';
import { createId } from '../ids.ts';
import { readBody } from '../request-body.ts';
import { organizationResponse } from '../responses.ts';

/** The domains of organizations. Verifying one asks no name server: it succeeds at once. */
export const organizationDomains = new Hono<AppTypes>()
  .post('/organization_domains', async (c) => {
    const { store, clock } = c.env;
    const body = await readBody(
      c,
      z.object({ domain: z.string().min(1), organization_id: z.string() }),
    );
    const organization = store.organizations.get(body.organization_id);
    if (!organization) throw notFound('Organization', body.organization_id);
    const name = body.domain.toLowerCase();
    if (organization.domains.some(({ domain }) => domain === name)) {
      const message = 'Domain already exists for this organization.';
      throw apiError(409, 'domain_already_exists', message);
    }
    const id = createId('org_domain', clock.now());
    store.organizations.update(organization, {
      domains: [...organization.domains, { id, domain: name, state: 'pending' }],
    });
    emitDomains(c.env, 'created', organization, new Set([id]));
    return c.json(domainOf(c, id).response, 201);
  })
  .get('/organization_domains/:id', (c) => c.json(domainOf(c, c.req.param('id')).response))
  .delete('/organization_domains/:id', (c) => {
    const { organization, domain } = domainOf(c, c.req.param('id'));
    emitDomains(c.env, 'deleted', organization, new Set([domain.id]));
    c.env.store.organizations.update(organization, {
      domains: organization.domains.filter((other) => other !== domain),
    });
    return c.body(null, 204);
  })
  .post('/organization_domains/:id/verify', (c) => {
    const { organization, domain } = domainOf(c, c.req.param('id'));
    if (domain.state === 'verified') {
      throw apiError(400, 'domain_already_verified', 'Domain is already verified.');
    }
    domain.state = 'verified';
    const verified = new Set([domain.id]);
    emitDomains(c.env, 'updated', organization, verified);
    emitDomains(c.env, 'verified', organization, verified);
    return c.json(domainOf(c, domain.id).response, 201);
  });

function domainOf(c: AppContext, id: string) {
  for (const organization of c.env.store.organizations.all()) {
    const domain = organization.domains.find((owned) => owned.id === id);
    if (!domain) continue;
    const { domains } = organizationResponse(organization);
    return { organization, domain, response: domains.find((owned) => owned.id === id)! };
  }
  throw notFound('Organization Domain', id);
}
