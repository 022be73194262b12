import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Place, upgradeFolder } from './upgrade.ts';

const HELP = `Upgrades the calls of @workos-inc/node in a folder from version 7 or 8 to 11.

  workos-node-upgrade FOLDER           say what would change, and what is left to you
  workos-node-upgrade FOLDER --write   change it

Exit code: 0 when nothing is left to you, 1 when something is, 2 when it could not run.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { write: { type: 'boolean', default: false }, help: { type: 'boolean' } },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [folder, ...more] = positionals;
    if (!folder || more.length > 0) throw new Error('name one folder; --help says more');
    return await run(resolve(process.env.INIT_CWD ?? process.cwd(), folder), values.write);
  } catch (error) {
    console.error(`workos-node-upgrade: ${(error as Error).message}`);
    return 2;
  }
}

async function run(folder: string, write: boolean): Promise<number> {
  const { changes, reports, files } = await upgradeFolder(folder, { write });
  const at = (place: Place) =>
    `${relative(process.env.INIT_CWD ?? process.cwd(), resolve(folder, place.file))}:${place.line}`;
  for (const change of changes)
    console.log(`${write ? 'changed' : 'would change'}  ${at(change)}  ${change.what}`);
  for (const report of reports) console.log(`left to you  ${at(report)}  ${report.what}`);
  const done = write ? 'changed' : 'to change';
  console.log(
    `${files} files read, ${changes.length} places ${done}, ${reports.length} left to you.`,
  );
  if (!write && changes.length > 0)
    console.log('Nothing was written. Again with --write to change it.');
  return reports.length > 0 ? 1 : 0;
}
