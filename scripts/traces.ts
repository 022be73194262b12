import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Words that mean something in the monorepo alone. */
const WORDS =
  /\bapps\/[a-z]|\bpackages\/|workos-authkit-examples|\bmonorepo\b|\bturbo(repo|\.json)\b|"(workspace|catalog):|\bpnpm@|\bpnpm (mock|check|fix|new|dev|--filter)\b|<!-- (\/?monorepo|alone|minimal)\b|\bscripts\/\w+\.ts/;
/** Words that mean nothing in a copy without the mock. */
const MOCK = /workos-mock|_mock\/|localhost:4100/;
const IGNORED = new Set(['node_modules', '.git', 'mock', '.next', 'dist', '.wrangler', '.venv']);
const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g;

/**
 * What in a written-out app points at something that is not there: words of the monorepo, links and scripts that name a file
 * that did not come along.
 *
 * @param target The copy's folder.
 * @returns One line each, with its file and line. Empty when all is well.
 */
export async function findTraces(
  target: string,
  { minimal }: { minimal: boolean },
): Promise<string[]> {
  const files = await walk(target, target);
  const traces: string[] = [];
  for (const file of files) {
    const lines = (await readFile(join(target, file), 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      if (WORDS.test(line) || (minimal && !file.endsWith('.diff') && MOCK.test(line))) {
        traces.push(`${file}:${index + 1}: ${line.trim()}`);
      }
      for (const [, link = ''] of file === 'README.md' ? line.matchAll(LINK) : []) {
        if (
          !files.some((name) => name === link || name.startsWith(`${link.replace(/\/$/, '')}/`))
        ) {
          traces.push(`${file}:${index + 1}: links to ${link}, which is not there`);
        }
      }
    }
  }
  if (!files.includes('package.json')) return traces;
  const { scripts } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [name, command] of Object.entries(scripts)) {
    for (const file of command.match(/(?<=^node )(--\S+ )*\S+\.[jt]s/g) ?? []) {
      const path = file.replace(/^(--\S+ )+/, '');
      if (!files.includes(path)) traces.push(`script ${name}: ${path} is not there`);
    }
  }
  return traces;
}

async function walk(folder: string, root: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (IGNORED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await walk(path, root)));
    else files.push(relative(root, path));
  }
  return files;
}
