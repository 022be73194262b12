import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { unstable_startWorker as startWorker } from 'wrangler';

/** The text bindings that `wrangler dev` gives the Worker, with these files in its folder. */
async function bindingsWith(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'worker-development-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, original] of Object.entries({ 'wrangler.jsonc': 'wrangler.jsonc', ...files })) {
    await copyFile(original, join(folder, name));
  }
  const worker = await startWorker({
    config: join(folder, 'wrangler.jsonc'),
    entrypoint: resolve('test/bindings.ts'),
    dev: { logLevel: 'none', server: { port: 0 }, inspector: false, watch: false, persist: false },
  });
  onTestFinished(() => worker.dispose());
  const all = (await (await worker.fetch('http://worker/')).json()) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value === 'string'));
}

const read = async (file: string) => parseEnv(await readFile(file, 'utf8'));
const inProduction = { WORKOS_API_HOSTNAME: 'api.workos.com', WORKOS_API_PORT: '' };

beforeEach(() => {
  vi.stubEnv('WORKOS_API_PORT', '4200');
  vi.stubEnv('SOMEBODY_ELSES_SECRET', 'a secret');
  return () => vi.unstubAllEnvs();
});

test('node/confidential-client: WORKOS_API_PORT moves the Worker along with the mock, and nothing more of the environment comes in [attack/leakage]', async () => {
  const mock = await read('.env');
  expect(await bindingsWith({ '.env': '.env' })).toEqual({
    ...mock,
    WORKOS_API_PORT: '4200',
    WORKOS_ISSUERS: '',
  });
});

test('node/confidential-client: with .dev.vars there, neither the mock’s .env nor the environment counts', async () => {
  const seen = await bindingsWith({ '.env': '.env', '.dev.vars': '.dev.vars.example' });
  expect(seen).toMatchObject({ ...(await read('.dev.vars.example')), ...inProduction });
});
