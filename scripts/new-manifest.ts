/** What `pnpm new` makes of an app's package.json. */

export interface Manifest {
  name: string;
  private?: boolean;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  engines?: Record<string, string>;
}

/** Packages that only tests need. */
const TEST_PACKAGES =
  /^(vitest|@vitest\/.*|@playwright\/.*|@axe-core\/.*|@testing-library\/.*|jsdom|happy-dom|fast-check|@lydell\/node-pty|autocannon|@cloudflare\/vitest-.*)$/;

/** The oldest Node.js that runs TypeScript files as they are. */
export const ENGINES = { node: '>=22.18' };

/**
 * The app with its tests and the mock.
 *
 * @param mock Where the mock's package file is, as a dependency's version.
 */
export function withMock(manifest: Manifest, app: string, mock: string): Manifest {
  const { name, engines = ENGINES } = manifest;
  const scripts = mapValues(manifest.scripts, (command) =>
    command
      .replace(/workos-mock run /, 'workos-mock run --mock ')
      .replace(`--name ${app} `, `--name ${name} `),
  );
  return {
    ...manifest,
    scripts: { ...scripts, prepare: refuseOlderThan(engines) },
    devDependencies: sorted({ ...manifest.devDependencies, 'workos-mock': mock }),
    engines,
  };
}

/**
 * The app without its tests and the mock: `workos-mock run … -- <command>` is the command itself, and what runs a file that is
 * gone goes too.
 *
 * @param files The app's files that are left.
 */
export function withoutTests(manifest: Manifest, files: string[]): Manifest {
  const commands = mapValues(manifest.scripts, (command) => {
    const [, port = '', rest = command] =
      /^workos-mock run .*--port (\d+).* -- (.*)$/.exec(command) ?? [];
    return rest
      .replaceAll('{port}', port)
      .replace(/^next dev$/, `next dev --port ${port}`)
      .replace(/ && tsc -p (\S+)/, (step, file: string) => (files.includes(file) ? step : ''));
  });
  const kept = Object.entries(commands).filter(
    ([, command]) =>
      !/^(vitest|playwright|workos-mock)\b/.test(command) &&
      (command.match(/(?<=^node )\S+\.[jt]s/) ?? []).every((file) => files.includes(file)),
  );
  const packages = Object.entries(manifest.devDependencies ?? {});
  const { engines = ENGINES } = manifest;
  return {
    ...manifest,
    scripts: { ...Object.fromEntries(kept), prepare: refuseOlderThan(engines) },
    devDependencies: Object.fromEntries(packages.filter(([key]) => !TEST_PACKAGES.test(key))),
    engines,
  };
}

/**
 * An install on an older Node.js ends with a sentence. `engines` is a warning among others, and `engine-strict` would hold every
 * package to its own. `prepare` runs here alone, not where a published package is installed.
 */
function refuseOlderThan({ node = '' }: Record<string, string>): string {
  const version = node.replace('>=', '');
  const isOlder = `process.versions.node.localeCompare('${version}', 'en', { numeric: true }) < 0`;
  const sentence = `'This needs Node.js ${version} or newer; here is ' + process.version + '. Get it at https://nodejs.org and install again.'`;
  return `node -e "if (${isOlder}) { console.error(${sentence}); process.exit(1) }"`;
}

function mapValues(
  record: Record<string, string> | undefined,
  map: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, map(value)]));
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => a.localeCompare(b)));
}
