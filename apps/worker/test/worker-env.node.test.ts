import { expect, test } from 'vitest';
import { unstable_startWorker as startWorker } from 'wrangler';

/** Runs the naive form in workerd, with the API key among the bindings and nothing passed to the SDK. */
async function naive(compatibilityDate: string, compatibilityFlags: string[] = []) {
  const worker = await startWorker({
    name: 'public-client',
    entrypoint: 'test/public-client.ts',
    config: '',
    compatibilityDate,
    compatibilityFlags,
    bindings: { WORKOS_API_KEY: { type: 'plain_text', value: key } },
    dev: { logLevel: 'none', server: { port: 0 }, inspector: false, watch: false },
  });
  try {
    return await (await worker.fetch('http://worker/')).json();
  } finally {
    await worker.dispose();
  }
}

const key = 'sk_test_of_the_bindings';
const noKey = { key: null, withoutArguments: expect.stringMatching(/Exception|Error/) as string };

test.for([
  ['2026-07-01', [], noKey],
  ['2026-11-01', [], { key, withoutArguments: key }],
  // What wrangler.jsonc says.
  ['2026-11-01', ['no_nodejs_compat'], noKey],
] as const)(
  'trap/worker-env: whether on %s with %j a public client takes the key out of the bindings',
  async ([date, flags, seen]) => {
    expect(await naive(date, [...flags])).toEqual(seen);
  },
);
