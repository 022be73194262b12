import { getFeatureFlagsRuntimeClient, getWorkOS } from '@workos-inc/authkit-nextjs';
import { afterAll } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { flagsFor } from './feature-flags';

afterAll(() => getFeatureFlagsRuntimeClient().close());

test(
  'nextjs/feature-flags: the token knows at its refresh, the runtime client within seconds, after a poll that failed too [fault/server-api]',
  { timeout: 40_000 },
  async ({ workos }) => {
    const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Globex' });
    const ask = async () =>
      (
        await inRequest('/feature-flags', grace.cookies, () =>
          flagsFor(['beta-dashboard', 'dark-launch']),
        )
      ).result;
    expect(await ask()).toEqual([
      { slug: 'beta-dashboard', inToken: false, now: false },
      { slug: 'dark-launch', inToken: true, now: true },
    ]);
    // Refused at once: the SDK would try a 5xx again for itself.
    const refusal = { status: 400, body: { message: 'no' } };
    await workos.failNext('GET /sdk/feature-flags', refusal);
    await getWorkOS().featureFlags.disableFeatureFlag('dark-launch');
    await expect
      .poll(ask, { timeout: 25_000, interval: 500 })
      .toContainEqual({ slug: 'dark-launch', inToken: true, now: false });
    expect(getFeatureFlagsRuntimeClient().getStats().pollErrorCount).toBe(1);
  },
);
