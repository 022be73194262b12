import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { changes } from '../src/changes.ts';
import { diffLines } from '../src/diff-lines.ts';

test('migrate/runtime: the guide runs, every row comes to the same result, and the README carries it', async () => {
  const command = join(import.meta.dirname, 'migrations.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [command, '--check']);
  const rows = stdout.trim().split('\n').slice(1);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(changes.map(({ id }) => id));
  for (const row of rows) expect(row).toContain('  same result  ');
}, 60_000);

test('migrate/runtime: the guide shows what goes, what comes and what stays', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc\nd')).toBe(' a\n-b\n+x\n c\n+d');
  expect(diffLines('a', 'a')).toBe(' a');
});
