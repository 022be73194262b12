import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

test('node/confidential-client: what `wrangler deploy` would upload holds none of the secrets on this machine [attack/leakage]', async () => {
  const out = await mkdtemp(join(tmpdir(), 'worker-upload-'));
  onTestFinished(() => rm(out, { recursive: true }));
  const { stdout } = await promisify(execFile)('wrangler', [
    'deploy',
    '--dry-run',
    '--outdir',
    out,
  ]);
  const files = await readdir(out);
  expect(files).toContain('index.js');
  const uploaded = [
    stdout,
    ...(await Promise.all(files.map((file) => readFile(join(out, file), 'utf8')))),
  ];
  const secrets = Object.entries(parseEnv(await readFile('.env', 'utf8'))).filter(([name]) =>
    /KEY|PASSWORD|SECRET/.test(name),
  );
  expect(secrets.length).toBe(3);
  const leaked = secrets.filter(([, value = '']) => uploaded.some((text) => text.includes(value)));
  expect(leaked.map(([name]) => name)).toEqual([]);
});
