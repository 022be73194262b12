import { Hono } from 'hono';
import { z } from 'zod';
import type { AppTypes } from '../environment.ts';
import { notFound } from '../errors.ts';
import { randomString } from '../ids.ts';
import { readBody } from '../request-body.ts';

/** Tokens for WorkOS' widgets. Nothing here accepts one: the widgets themselves are not in the mock. */
export const widgets = new Hono<AppTypes>().post('/widgets/token', async (c) => {
  const { store } = c.env;
  const body = await readBody(
    c,
    z.object({
      organization_id: z.string(),
      user_id: z.string().nullish(),
      scopes: z.array(z.string()).nullish(),
    }),
  );
  if (!store.organizations.get(body.organization_id)) {
    throw notFound('Organization', body.organization_id);
  }
  if (body.user_id && !store.users.get(body.user_id)) throw notFound('User', body.user_id);
  return c.json({ token: randomString(40) }, 201);
});
