import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An app's literal versions, in whichever file its language keeps them. */

export interface Pins {
  /** Where newer ones come from. */
  registry: 'npm' | 'PyPI' | 'Go proxy';
  /** By the name that the app imports; `npm:name@1.2.3` where that is another name. */
  versions: Record<string, string>;
}

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
type Manifest = Partial<Record<(typeof FIELDS)[number], Record<string, string>>>;
const PYTHON_FILES = ['requirements.txt', 'requirements-dev.txt', 'pyproject.toml'];

export async function readPins(folder: string): Promise<Pins> {
  if (existsSync(join(folder, 'go.mod'))) {
    const text = await readFile(join(folder, 'go.mod'), 'utf8');
    return { registry: 'Go proxy', versions: found(text, /^(?:require )?\t?(\S+\/\S+) (v\S+)$/gm) };
  }
  if (existsSync(join(folder, 'requirements.txt'))) {
    const texts = PYTHON_FILES.map((file) => readFile(join(folder, file), 'utf8'));
    return {
      registry: 'PyPI',
      versions: found((await Promise.all(texts)).join('\n'), /([\w-]+)==([\w.]+)/g),
    };
  }
  const manifest = await readManifest(folder);
  const versions = Object.assign({}, ...FIELDS.map((field) => manifest[field] ?? {}));
  return { registry: 'npm', versions };
}

/**
 * Writes other versions into an app's files. Those of Go stay: go.sum needs `go get`, which writes both.
 *
 * @param versions A name that the app does not have is left out.
 */
export async function writePins(folder: string, versions: Record<string, string>): Promise<void> {
  const pins = await readPins(folder);
  if (pins.registry === 'npm') {
    const manifest = await readManifest(folder);
    for (const packages of FIELDS.map((field) => manifest[field] ?? {})) {
      for (const [name, own] of Object.entries(packages)) packages[name] = versions[name] ?? own;
    }
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  } else if (pins.registry === 'PyPI') {
    for (const file of PYTHON_FILES) {
      const text = await readFile(join(folder, file), 'utf8');
      const written = text.replaceAll(/([\w-]+)==[\w.]+/g, (pin, name: string) =>
        versions[name] ? `${name}==${versions[name]}` : pin,
      );
      await writeFile(join(folder, file), written);
    }
  }
}

function found(text: string, expression: RegExp): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(expression)].map(([, name = '', version = '']) => [name, version]),
  );
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}
