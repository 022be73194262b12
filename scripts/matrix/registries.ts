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

export const REGISTRIES: Record<Pins['registry'], Registry> = {
  npm: {
    versions: once(async (name) => {
      const answer = await ask('npm', 'view', name, 'versions', 'dist-tags', '--json');
      const { versions, 'dist-tags': tags } = JSON.parse(answer) as {
        versions: string | string[];
        'dist-tags': { latest: string };
      };
      return { all: [versions].flat(), latest: tags.latest };
    }),
    peers: once(async (name, version) => {
      const answer = await ask('npm', 'view', `${name}@${version}`, 'peerDependencies', '--json');
      return (answer.trim() ? JSON.parse(answer) : {}) as Record<string, string>;
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
