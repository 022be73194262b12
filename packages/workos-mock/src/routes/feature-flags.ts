import { Hono } from 'hono';
import type { FeatureFlag } from '../entities.ts';
import { type AppContext, type AppTypes } from '../environment.ts';
import { apiError, notFound } from '../errors.ts';
import { emitFlag } from '../event-data.ts';
import { listPage } from '../pagination.ts';
import { featureFlagResponse } from '../responses.ts';
import { flagIsOn } from '../store.ts';
import { organizationOf } from './organizations.ts';

/** Feature flags: switched by the API, evaluated in access tokens and by the SDK's runtime client. */
export const featureFlags = new Hono<AppTypes>()
  .get('/feature-flags', (c) => {
    const { featureFlags } = c.env.store;
    return listPage(c, featureFlags.all(), featureFlags, featureFlagResponse);
  })
  .get('/feature-flags/:slug', (c) => c.json(featureFlagResponse(flagOf(c))))
  .put('/feature-flags/:slug/enable', (c) => toggle(c, true))
  .put('/feature-flags/:slug/disable', (c) => toggle(c, false))
  .post('/feature-flags/:slug/targets/:resourceId', (c) => {
    return target(c, (targets, id) => targets.add(id));
  })
  .delete('/feature-flags/:slug/targets/:resourceId', (c) => {
    return target(c, (targets, id) => targets.delete(id));
  })
  .get('/organizations/:id/feature-flags', (c) =>
    enabledFor(c, { organizationId: organizationOf(c).id }),
  )
  .get('/user_management/users/:id/feature-flags', (c) => {
    const id = c.req.param('id');
    if (!c.env.store.users.get(id)) throw notFound('User', id);
    return enabledFor(c, { userId: id });
  })
  .get('/sdk/feature-flags', (c) => {
    const { featureFlags, organizations, users } = c.env.store;
    const on = (id: string) => ({ id, enabled: true });
    return c.json(
      Object.fromEntries(
        featureFlags.all().map((flag) => [
          flag.slug,
          {
            slug: flag.slug,
            enabled: flag.enabled,
            default_value: flag.defaultValue,
            targets: {
              users: [...flag.targets].filter((id) => users.get(id)).map(on),
              organizations: [...flag.targets].filter((id) => organizations.get(id)).map(on),
            },
          },
        ]),
      ),
    );
  });

function flagOf(c: AppContext): FeatureFlag {
  const slug = c.req.param('slug')!;
  const flag = c.env.store.featureFlags.find('slug', slug);
  if (!flag) throw notFound('Feature flag', slug);
  return flag;
}

function toggle(c: AppContext, enabled: boolean) {
  const { store, clock } = c.env;
  const flag = flagOf(c);
  const previous = { enabled: flag.enabled };
  store.featureFlags.update(flag, { enabled, updatedAt: clock.iso() });
  if (previous.enabled !== enabled) emitFlag(c.env, flag, previous);
  return c.json(featureFlagResponse(flag));
}

function target(c: AppContext, change: (targets: Set<string>, id: string) => unknown) {
  const flag = flagOf(c);
  const previous = { targets: new Set(flag.targets) };
  change(flag.targets, resourceOf(c));
  emitFlag(c.env, flag, previous);
  return c.body(null, 204);
}

function resourceOf(c: AppContext): string {
  const { users, organizations } = c.env.store;
  const id = c.req.param('resourceId')!;
  if (!/^(user|org)_/.test(id)) throw apiError(400, 'bad_request', `Invalid resourceId '${id}'.`);
  if (!users.get(id) && !organizations.get(id)) throw notFound('User or organization', id);
  return id;
}

function enabledFor(c: AppContext, who: { userId?: string; organizationId?: string }) {
  const { featureFlags } = c.env.store;
  const flags = featureFlags.all().filter((flag) => flagIsOn(flag, who));
  return listPage(c, flags, featureFlags, featureFlagResponse);
}
