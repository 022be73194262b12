import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { aloneEnvironment } from '../alone.ts';
import type { Pins } from './pins.ts';

/** What there is to install: asked with each language's own tool, so that its settings hold. */
export interface Registry {
  /** All versions, and the one that a plain install takes. */
  versions(name: string): Promise<{ all: string[]; latest: string }>;
  /** The ranges of other packages that a version asks for beside it. */
  peers(name: string, version: string): Promise<Record<string, string>>;
}

const run = promisify(execFile);
const ask = async (command: string, ...args: string[]): Promise<string> => {
  // Outside of the repository, whose own settings would count.
  const options = { cwd: tmpdir(), env: aloneEnvironment(), maxBuffer: 100_000_000 };
  return (await run(command, args, options)).stdout;
};

/** Fields of a package, two or more: npm answers with the value alone when it is asked for one, and from 12 on in a list. */
async function view<T extends object>(name: string, ...fields: string[]): Promise<Partial<T>> {
  const answer = await ask('npm', 'view', name, ...fields, '--json');
  const [found = {}] = [answer.trim() ? (JSON.parse(answer) as T | T[]) : {}].flat();
  return found as Partial<T>;
}

export const REGISTRIES: Record<Pins['registry'], Registry> = {
  npm: {
    versions: once(async (name) => {
      const { versions = [], 'dist-tags': tags } = await view<{
        versions: string | string[];
        'dist-tags': { latest: string };
      }>(name, 'versions', 'dist-tags');
      if (!tags) throw new Error(`npm names no release of ${name}`);
      return { all: [versions].flat(), latest: tags.latest };
    }),
    peers: once(async (name, version) => {
      const { peerDependencies } = await view<{ peerDependencies: Record<string, string> }>(
        `${name}@${version}`,
        'version',
        'peerDependencies',
      );
      return peerDependencies ?? {};
    }),
  },
  PyPI: {
    async versions(name) {
      const answer = await ask('python3', '-m', 'pip', 'index', 'versions', name);
      const [, latest = '', all = ''] = /^\S+ \((\S+)\)\n.*: (.*)/.exec(answer) ?? [];
      return { all: all.split(', '), latest };
    },
    peers: async () => ({}),
  },
  'Go proxy': {
    async versions(name) {
      const answer = await ask('go', 'list', '-m', '-versions', '-json', `${name}@latest`);
      const { Version: latest, Versions: all = [] } = JSON.parse(answer) as {
        Version: string;
        Versions?: string[];
      };
      return { all, latest };
    },
    peers: async () => ({}),
  },
};

function once<T>(answer: (...args: string[]) => Promise<T>): (...args: string[]) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join('@');
    const promise = known.get(key) ?? answer(...args);
    known.set(key, promise);
    return promise;
  };
}
