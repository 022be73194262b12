import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createControl, createWorkosMock } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { formatMarkdown, formatTable, runGuide, withoutLayout } from '../src/guide.ts';

/**
 * `pnpm migrations` runs every change of the guide with versions 7, 8 and 11 against a mock and prints what came of it.
 * `--write` puts the guide into README.md, `--check` says whether it is there as it is.
 */

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, check: { type: 'boolean' } },
});
const readme = join(import.meta.dirname, '..', 'README.md');
const [begin, end] = ['<!-- guide -->', '<!-- /guide -->'];

const mock = createWorkosMock();
const { url, port, close } = await listen(mock.fetch);
try {
  const rows = await runGuide({ hostname: 'localhost', port, ...createControl(mock.fetch, url) });
  const text = await readFile(readme, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [current = '', after = ''] = rest.split(end);
  const guide = await formatMarkdown(rows);
  if (values.write) await writeFile(readme, `${before}${begin}\n\n${guide}\n\n${end}${after}`);
  if (values.check && withoutLayout(current) !== withoutLayout(guide)) {
    console.error('README.md is not what the files say: run this with --write');
    process.exitCode = 1;
  }
  console.log(formatTable(rows));
  if (rows.some(({ isEqual }) => !isEqual)) process.exitCode = 1;
} finally {
  await close();
}
