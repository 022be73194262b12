import { getFeatureFlagsRuntimeClient, getWorkOS } from '@workos-inc/authkit-nextjs';
import { afterAll } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { flagsFor } from './feature-flags';

afterAll(() => getFeatureFlagsRuntimeClient().close());

test(
  'nextjs/feature-flags: the token knows at its refresh, the runtime client within seconds',
  { timeout: 20_000 },
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
    await getWorkOS().featureFlags.disableFeatureFlag('dark-launch');
    await expect
      .poll(ask, { timeout: 10_000, interval: 500 })
      .toContainEqual({ slug: 'dark-launch', inToken: true, now: false });
  },
);
