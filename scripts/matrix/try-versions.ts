import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { INSTALL, RUN, runAlone } from '../alone.ts';
import type { Failure, Seen, Step } from './table.ts';
import type { Manifest } from '../new-manifest.ts';
import { writeApp } from '../new.ts';
import { readPins, writePins } from './pins.ts';
import {
  goReport,
  playwrightReport,
  pytestReport,
  type TestResult,
  vitestReport,
} from '../test-reports.ts';

/** A file that does not type-check, as tsc, mypy and go vet say it. */
const TYPE_ERROR =
  /^(?:vet: )?(?:\.\/)?(\S.*?\.(?:tsx?|py|go))(?:\(\d+,\d+\)|:\d+(?::\d+)?): (?:error )?(.*)$/gm;

/** How each runner is told to write down what it did, and where that is read. */
const RUNNERS: {
  script: RegExp;
  flags: (report: string) => string[];
  read: (report: string, output: string) => Promise<TestResult[]>;
}[] = [
  {
    script: /\bvitest\b/,
    flags: (report) => ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    read: vitestReport,
  },
  { script: /\bplaywright\b/, flags: () => ['--reporter=json'], read: playwrightReport },
  { script: /\bpytest\b/, flags: (report) => [`--junitxml=${report}`], read: pytestReport },
  { script: /\bgo\.ts test\b/, flags: () => ['-json'], read: async (_, said) => goReport(said) },
];

/**
 * Writes an app out with other versions in place of its own, and runs its type check, build and tests there, all of them
 * whatever fails before.
 *
 * @param label What each line of the log begins with.
 * @param e2e Whether to run the journeys too, when the app builds.
 * @returns What came of it; or why there was nothing to run it with.
 */
export async function tryVersions(
  app: string,
  versions: Record<string, string>,
  { label, e2e }: { label: string; e2e: boolean },
): Promise<Seen | { kind: 'none'; why: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'matrix-'));
  const target = join(folder, app);
  await writeApp(app, target, { minimal: false, git: true, manager: 'npm' });
  const own = await readPins(target);
  await writePins(target, versions);
  const manifest = await readFile(join(target, 'package.json'), 'utf8');
  const { scripts = {} } = JSON.parse(manifest) as Manifest;

  const failures: Failure[] = [];
  const results: TestResult[] = [];
  /** Whether it succeeded; a step that failed without naming a test or a file is a failure by itself. */
  const run = async (
    step: Step,
    command: string[],
    find: (output: string) => Failure[] | Promise<Failure[]> = () => [],
  ): Promise<{ ok: boolean; said: string }> => {
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: join(folder, `${step}.json`) };
    const { ok, output } = await runAlone(command, { cwd: target, label, env });
    await writeFile(join(folder, `${step}.log`), output);
    const said = stripVTControlCharacters(output).replaceAll(`${target}/`, '');
    const found = await find(said);
    if (!ok && found.length === 0) found.push({ step, title: complaint(said) });
    failures.push(...found);
    return { ok, said };
  };

  const goModules = Object.entries(own.registry === 'Go proxy' ? versions : {})
    .filter(([name, version]) => version !== own.versions[name])
    .map(([name, version]) => `${name}@${version}`);
  const isInstalled =
    (await run('install', INSTALL.npm)).ok &&
    (goModules.length === 0 || (await run('install', ['go', 'get', ...goModules])).ok);
  let isBuilt = isInstalled;
  for (const step of isInstalled ? (['typecheck', 'build', 'test', 'e2e'] as const) : []) {
    const script = scripts[step];
    if (!script || (step === 'e2e' && !(e2e && isBuilt))) continue;
    const runner = RUNNERS.find((one) => one.script.test(script));
    const report = join(folder, `${step}.json`);
    const command = [...RUN.npm, step, ...(runner ? ['--', ...runner.flags(report)] : [])];
    let tests: TestResult[] = [];
    const { ok, said } = await run(step, command, async (output) => {
      if (step === 'typecheck') return typeErrors(output);
      tests = (await runner?.read(report, output)) ?? [];
      const failed = tests.filter(({ status }) => status === 'failed');
      return failed.map(({ title }) => ({ step, title: title.replace(`${target}/`, '') }));
    });
    const [, why] = /^skipped: (.*)$/m.exec(said) ?? [];
    if (why) {
      await rm(folder, { recursive: true, force: true });
      return { kind: 'none', why };
    }
    if (step === 'build') isBuilt = ok;
    if (ok && runner && tests.length === 0) failures.push({ step, title: 'no test ran' });
    results.push(...tests);
  }

  await rm(failures.length > 0 ? target : folder, { recursive: true, force: true });
  if (failures.length > 0) console.log(`What was said is in ${folder}.`);
  const count = (wanted: TestResult['status']) =>
    results.filter(({ status }) => status === wanted).length;
  return { kind: 'run', versions, passed: count('passed'), skipped: count('skipped'), failures };
}

/** Each file once, with its first error. */
function typeErrors(output: string): Failure[] {
  const files = new Map<string, string>();
  for (const [, file = '', message = ''] of output.matchAll(TYPE_ERROR)) {
    if (!files.has(file)) files.set(file, message);
  }
  return Array.from(files, ([title, detail]) => ({ step: 'typecheck', title, detail }));
}

/** The line that most looks like the reason. */
function complaint(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((one) => /error:|npm error/i.test(one)) ?? lines.findLast(Boolean);
  return line?.slice(0, 200) ?? 'without a word';
}
