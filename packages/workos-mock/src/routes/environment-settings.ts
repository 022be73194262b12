import { Hono } from 'hono';
import { z } from 'zod';
import { type AppContext, type AppTypes } from '../environment.ts';
import { apiError, invalidRequest, notFound } from '../errors.ts';
import { createId } from '../ids.ts';
import { checkTemplate, TemplateError } from '../jwt-template.ts';
import { readBody } from '../request-body.ts';

/** How many bytes a template may have, as in the dashboard. */
const MAXIMUM_TEMPLATE_SIZE = 3_072;

/** What the dashboard holds for an environment, as far as the API can change it. */
export const environmentSettings = new Hono<AppTypes>()
  .post('/user_management/redirect_uris', async (c) => {
    const { settings } = c.env.store;
    const { uri } = await readBody(c, z.object({ uri: z.url() }));
    if (settings.redirectUris.includes(uri)) {
      throw apiError(400, 'duplicate_redirect_uri', 'Redirect URI already exists.');
    }
    settings.redirectUris.push(uri);
    const isDefault = settings.redirectUris[0] === uri;
    return c.json(made(c, 'redirect_uri', 'ruri', { uri, default: isDefault }), 201);
  })
  .post('/user_management/cors_origins', async (c) => {
    const { settings } = c.env.store;
    const { origin } = await readBody(c, z.object({ origin: z.url() }));
    if (settings.corsOrigins.includes(origin)) {
      throw apiError(409, 'duplicate_cors_origin', 'CORS origin already exists.');
    }
    settings.corsOrigins.push(origin);
    return c.json(made(c, 'cors_origin', 'cors_origin', { origin }), 201);
  })
  .get('/user_management/jwt_template', (c) => {
    if (!c.env.store.settings.jwtTemplate) {
      throw notFound('JWT Template', c.env.store.settings.clientId);
    }
    return c.json(template(c));
  })
  .put('/user_management/jwt_template', async (c) => {
    const { content } = await readBody(c, z.object({ content: z.string() }));
    c.env.store.settings.jwtTemplate = parseTemplate(content);
    return c.json(template(c));
  });

function parseTemplate(content: string): string {
  if (new TextEncoder().encode(content).length > MAXIMUM_TEMPLATE_SIZE) {
    throw invalidTemplate(`content is longer than ${MAXIMUM_TEMPLATE_SIZE} bytes`);
  }
  try {
    checkTemplate(content);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw invalidTemplate(`content is no template: ${error.message}`);
  }
  return content;
}

function invalidTemplate(message: string) {
  return invalidRequest([{ field: 'content', code: 'invalid_content', message }]);
}

function template(c: AppContext) {
  const now = c.env.clock.iso();
  const content = c.env.store.settings.jwtTemplate ?? '';
  return { object: 'jwt_template' as const, content, created_at: now, updated_at: now };
}

function made(c: AppContext, object: string, prefix: string, fields: Record<string, unknown>) {
  const now = c.env.clock.iso();
  const id = createId(prefix, c.env.clock.now());
  return { object, id, ...fields, created_at: now, updated_at: now };
}
