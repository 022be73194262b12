import { compare } from './compare.ts';
import { journeys, prepare } from './journeys.ts';

/**
 * `pnpm --filter workos-mock backends`: the same journeys of the real SDK against this mock, the vendor's emulator and a
 * real environment, and a table of what differs. The last two are optional:
 *
 * - EMULATOR: the command of `@workos/emulate`, e.g. `/path/to/workos-emulate` or its `dist/cli.js`.
 * - STAGING_API_KEY, STAGING_CLIENT_ID, and STAGING_REDIRECT_URI if it is not http://localhost:3000/callback. People and
 *   organizations are made there and deleted again, so take an environment for tests: a key of production is refused.
 *
 * The journeys of the apps in a browser are in e2e/backends.ts.
 */
await compare(async (backend) => ({
  expectations: journeys.map(({ name, needsHint, run }) => ({
    name,
    async run() {
      if (needsHint && !backend.signsInByHint) throw new Error('needs a person at the hosted page');
      const { ground, clear } = prepare(backend);
      await run(ground).finally(clear);
    },
  })),
  close: async () => {},
}));
