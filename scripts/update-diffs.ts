import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Writes what changes between two variants as a diff, so that the answer to "what changes when I upgrade?" cannot rot. With
 * --check, says which diff is stale.
 */

const diffs = [
  {
    file: 'apps/nextjs-middleware/PROXY.diff',
    from: 'nextjs-middleware',
    to: 'nextjs-proxy',
    // The steps of the upgrade; what nextjs-proxy shows beyond them is not part of it.
    pairs: [
      ['package.json', 'package.json'],
      ['src/middleware.ts', 'src/proxy.ts'],
      ['src/few-verifiers.ts', 'src/few-verifiers.ts'],
      ['tsconfig.json', 'tsconfig.json'],
      ['next.config.ts', 'next.config.ts'],
      ['vitest.config.ts', 'vitest.config.ts'],
      ['src/app/callback/sign-in-failure.ts', 'src/app/callback/sign-in-failure.ts'],
    ],
  },
] as const;

const isCheck = process.argv.includes('--check');
for (const { file, from, to, pairs } of diffs) {
  const text = pairs.map(([a, b]) => diff(`${from}/${a}`, `${to}/${b}`)).join('');
  if (!isCheck) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${file} is stale: pnpm fix writes it anew`);
    process.exitCode = 1;
  }
}

/** git's diff of two files: it exits with 1 when they differ, which is no failure here. */
function diff(a: string, b: string): string {
  const args = ['diff', '--no-index', '--no-color', '--no-ext-diff', '--unified=2', a, b];
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: 'apps', encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  // The hashes change with every edit and say nothing to a reader.
  return stdout.replaceAll(/^index .*\n/gm, '');
}
