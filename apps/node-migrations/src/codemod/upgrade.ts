import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { Project, ts } from 'ts-morph';
import { type Edit, findEdits, SDK_FILE } from './find-edits.ts';
import { PKCE_SWITCH } from './rules.ts';
import { SDK_TYPES } from './sdk-types.ts';

/** A place in a folder, for a person to open. */
export interface Place {
  /** Relative to the folder, with `/`. */
  file: string;
  line: number;
  what: string;
}

/** What was done, or would be, and what is left. */
export interface Upgrade {
  changes: Place[];
  reports: Place[];
  /** How many files were read. */
  files: number;
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'coverage']);

/**
 * Upgrades the calls of `@workos-inc/node` in a folder from version 7 or 8 to 11.
 *
 * @param folder Where to look; what is below is looked through too, without dependencies and build output.
 * @param options `write` changes the files; otherwise nothing is written.
 * @throws Error when the folder cannot be read.
 */
export async function upgradeFolder(
  folder: string,
  { write = false }: { write?: boolean } = {},
): Promise<Upgrade> {
  const upgrade: Upgrade = { changes: [], reports: [], files: 0 };
  const paths = await walk(folder);
  const place = (path: string, line: number, what: string): Place => ({
    file: relative(folder, path).replaceAll('\\', '/'),
    line,
    what,
  });

  for (const [config, files] of byConfig(paths)) {
    const project = createProject(config, files);
    for (const path of files) {
      const file = project.getSourceFileOrThrow(path);
      const text = file.getFullText();
      const { edits, reports } = findEdits(file);
      const at = (position: number, what: string) =>
        place(path, file.getLineAndColumnAtPos(position).line, what);
      upgrade.files++;
      upgrade.changes.push(
        ...edits.filter(({ what }) => what).map((edit) => at(edit.at, edit.what)),
      );
      upgrade.reports.push(...reports.map((report) => at(report.at, report.what)));
      if (write && edits.length > 0) await writeFile(path, applyEdits(text, edits));
    }
  }
  for (const path of paths) {
    const isEnvironment = basename(path).startsWith('.env');
    if (!isEnvironment && basename(path) !== 'package.json') continue;
    const lines = (await readFile(path, 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      if (isEnvironment && line.includes(PKCE_SWITCH)) {
        upgrade.reports.push(place(path, index + 1, `${PKCE_SWITCH} is read no more: remove it`));
      }
      const [, version = ''] = /"@workos-inc\/node":\s*"[^\d"]*(\d+)/.exec(line) ?? [];
      if (!isEnvironment && version && Number(version) < 11) {
        upgrade.reports.push(place(path, index + 1, 'npm install @workos-inc/node@11'));
      }
    }
  }
  return upgrade;
}

/** Applies edits that do not overlap. Insertions at the same place stay in the order in which they were found. */
export function applyEdits(text: string, edits: Edit[]): string {
  const ordered = edits
    .map((edit, index) => ({ ...edit, index }))
    .toSorted((a, b) => b.start - a.start || b.end - a.end || b.index - a.index);
  return ordered.reduce(
    (result, { start, end, text }) => result.slice(0, start) + text + result.slice(end),
    text,
  );
}

/** Files by the nearest tsconfig.json or jsconfig.json, which says what import paths mean. */
function byConfig(paths: string[]): Map<string | undefined, string[]> {
  const configs = new Map(
    paths
      .filter((path) => /^[jt]sconfig\.json$/.test(basename(path)))
      .map((path) => [dirname(path), path]),
  );
  const groups = new Map<string | undefined, string[]>();
  for (const path of paths.filter((file) => CODE.test(file))) {
    let at = dirname(path);
    while (!configs.has(at) && dirname(at) !== at) at = dirname(at);
    const config = configs.get(at);
    groups.set(config, [...(groups.get(config) ?? []), path]);
  }
  return groups;
}

function createProject(config: string | undefined, files: string[]): Project {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      ...pathOptions(config),
      allowJs: true,
      lib: ['lib.esnext.d.ts'],
      strict: true,
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      esModuleInterop: true,
      noEmit: true,
      types: [],
    },
  });
  project.createSourceFile(join(dirname(files[0] ?? ''), SDK_FILE), SDK_TYPES);
  for (const file of files) project.addSourceFileAtPath(file);
  return project;
}

/** What a project's own configuration says of import paths; nothing else of it matters here. */
function pathOptions(config: string | undefined): ts.CompilerOptions {
  if (!config) return {};
  const read = ts.readConfigFile(config, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(read.config ?? {}, ts.sys, dirname(config));
  const { paths, baseUrl, pathsBasePath } = parsed.options;
  return {
    ...(paths && { paths }),
    ...(baseUrl && { baseUrl }),
    ...(pathsBasePath !== undefined && { pathsBasePath }),
  };
}

async function walk(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
        files.push(...(await walk(path)));
    } else if (entry.isFile()) {
      files.push(path);
    }
  }
  return files;
}
