import { Hono } from 'hono';
import { z } from 'zod';
import { type AppTypes, originOf } from '../environment.ts';
import { notFound } from '../errors.ts';
import { randomString } from '../ids.ts';
import { readBody } from '../request-body.ts';

/** Links to the Admin Portal, where an organization's administrator sets up SSO and directories. The page itself is not here. */
export const adminPortal = new Hono<AppTypes>().post('/portal/generate_link', async (c) => {
  const body = await readBody(
    c,
    z.object({
      organization: z.string(),
      intent: z
        .enum([
          'sso',
          'dsync',
          'audit_logs',
          'log_streams',
          'domain_verification',
          'certificate_renewal',
        ])
        .nullish(),
      return_url: z.url().nullish(),
      success_url: z.url().nullish(),
    }),
  );
  if (!c.env.store.organizations.get(body.organization)) {
    throw notFound('Organization', body.organization);
  }
  return c.json({ link: `${originOf(c)}/portal/launch?secret=${randomString(25)}` }, 201);
});
