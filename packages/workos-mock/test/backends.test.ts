import { expect, test } from '../src/vitest.ts';
import { journeys, prepare } from './backends/journeys.ts';

// The journeys that `pnpm --filter workos-mock backends` walks on the vendor's emulator and on a real environment too.
test.for(journeys)('$name', async ({ run }, { workos }) => {
  const { ground, clear } = prepare({
    url: new URL(workos.url),
    clientId: 'client_mock',
    apiKey: 'sk_test_default',
    redirectUri: 'http://localhost:3000/callback',
    signsInByHint: true,
  });
  await expect(run(ground)).resolves.toBeUndefined();
  await clear();
});
