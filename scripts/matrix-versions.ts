import { rsort, satisfies } from 'semver';
import type { Pins } from './pins.ts';
import type { Registry } from './registries.ts';

/** Which versions each column of the version matrix means, by app. */

export const COLUMNS = ['document', 'pins', 'newest'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Plan {
  /** The versions that the document names, as far as this app has those packages; or why there are none. */
  document: Record<string, string> | string;
  /** What stays in its major version on the newest, and why. */
  stay?: Record<string, string>;
}

/** Node SDK 8.10 and AuthKit Next.js 3, whose last release is 3.0.1. */
const NODE = '8.10.0';
const NEXT = { '@workos-inc/authkit-nextjs': '3.0.1', '@workos-inc/node': NODE };
/** The major version of @types/node is that of the Node.js that all of them run on. */
const EVERYWHERE = { '@types/node': 'describes the Node.js that the apps run on' };
const NEXT_15 = 'the app shows Next.js 15 and AuthKit 3; nextjs-proxy is the same on the newest';

export const PLANS: Record<string, Plan> = {
  'nextjs-proxy': { document: NEXT },
  'nextjs-composable': { document: NEXT },
  'nextjs-middleware': {
    document: NEXT,
    stay: {
      next: NEXT_15,
      '@workos-inc/authkit-nextjs': NEXT_15,
      '@workos-inc/node': NEXT_15,
      typescript: 'Next.js 15 refuses TypeScript 7',
    },
  },
  'react-spa': { document: 'the document names no version of authkit-react' },
  worker: { document: { '@workos-inc/node': NODE } },
  'pkce-cli': { document: { '@workos-inc/node': NODE } },
  'node-migrations': {
    document: { 'workos-node-8': `npm:@workos-inc/node@${NODE}` },
    stay: { 'workos-node-7': 'stands for version 7', 'workos-node-8': 'stands for version 8' },
  },
  'python-client': { document: 'the document names WorkOSClient and no version of it' },
  'go-client': { document: 'the document names workos-go 6, which is the pin' },
};

/** The pins, with what the document names in its place. */
export function documentVersions(
  pins: Record<string, string>,
  document: Record<string, string>,
): Record<string, string> {
  return { ...pins, ...document };
}

/**
 * The newest version of everything that an app lists: what a plain install takes, or the highest that all the others accept
 * beside them.
 *
 * @param stay Names of those that stay in their major version.
 * @param also Ranges that somebody else asks for: the mock.
 */
export async function newestVersions(
  pins: Record<string, string>,
  { stay, also }: { stay: string[]; also: Record<string, string> },
  registry: Registry,
): Promise<Record<string, string>> {
  const names = Object.keys(pins);
  const chosen: Record<string, string> = {};
  const ranges = new Map(names.map((name): [string, Set<string>] => [name, new Set()]));
  const choose = async (name: string) => {
    const { all, latest } = await registry.versions(packageOf(name, pins));
    const fits = (version: string) =>
      [...(ranges.get(name) ?? [])].every((range) => satisfies(version, range));
    chosen[name] = fits(latest) ? latest : (rsort([...all]).find(fits) ?? versionOf(pins[name]));
  };
  /** Whether that leads to another version. */
  const narrow = async (name: string, range: string) => {
    const known = ranges.get(name);
    if (!known || known.has(range) || satisfies(chosen[name] ?? '', range)) return false;
    known.add(range);
    await choose(name);
    return true;
  };

  for (const name of names) {
    if (stay.includes(name)) ranges.get(name)?.add(`${versionOf(pins[name]).split('.')[0]}.x`);
    await choose(name);
  }
  for (const [name, range] of Object.entries(also)) await narrow(name, range);
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const name of names) {
      const peers = await registry.peers(packageOf(name, pins), chosen[name] ?? '');
      for (const [peer, range] of Object.entries(peers)) {
        if (await narrow(peer, range)) isSettled = false;
      }
    }
  }
  return Object.fromEntries(
    names.map((name) => [name, pins[name]?.replace(/[^@]+$/, chosen[name] ?? '') ?? '']),
  );
}

/** `npm:@workos-inc/node@8.13.0` is version 8.13.0 of @workos-inc/node. */
function packageOf(name: string, pins: Record<string, string>): string {
  return /^npm:(.+)@/.exec(pins[name] ?? '')?.[1] ?? name;
}

function versionOf(pin = ''): string {
  return pin.split('@').at(-1) ?? pin;
}
