import { rsort, satisfies } from 'semver';
import type { Registry } from './registries.ts';

/** Which versions each column of the version matrix means, by app. */

export const COLUMNS = ['baseline', 'pins', 'newest'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Plan {
  /** The fixed older versions, as far as this app has those packages; or why there are none. */
  baseline: Record<string, string> | string;
  /** What stays in its major version on the newest, and why. */
  stay?: Record<string, string>;
}

/** Node SDK 8.10, AuthKit Next.js 3, whose last release is 3.0.1, and workos-go 6, whose last one is 6.5.0. */
const NODE = '8.10.0';
const NEXT = { '@workos-inc/authkit-nextjs': '3.0.1', '@workos-inc/node': NODE };
/** What stays in every app. */
export const STAY = {
  '@types/node': 'its major version is that of Node.js, and the apps run on 24',
};
const NEXT_15 = 'the app shows Next.js 15 and AuthKit 3; nextjs-proxy is the same on the newest';

export const PLANS: Record<string, Plan> = {
  'nextjs-proxy': { baseline: NEXT },
  'nextjs-composable': { baseline: NEXT },
  'nextjs-middleware': {
    baseline: NEXT,
    stay: {
      next: NEXT_15,
      '@workos-inc/authkit-nextjs': NEXT_15,
      '@workos-inc/node': NEXT_15,
      typescript: 'Next.js 15 refuses TypeScript 7',
    },
  },
  'react-spa': { baseline: 'no version of authkit-react is as old' },
  worker: { baseline: { '@workos-inc/node': NODE } },
  'pkce-cli': { baseline: { '@workos-inc/node': NODE } },
  'node-migrations': {
    baseline: { 'workos-node-8': `npm:@workos-inc/node@${NODE}` },
    stay: { 'workos-node-7': 'stands for version 7', 'workos-node-8': 'stands for version 8' },
  },
  'python-client': { baseline: 'no older version has WorkOSClient' },
  'go-client': { baseline: { 'github.com/workos/workos-go/v6': 'v6.5.0' } },
};

/**
 * The newest version of everything that an app lists: what a plain install takes, or the highest that all the others accept
 * beside them.
 *
 * @param stay What stays in its major version, and why.
 * @param also Ranges that somebody else asks for: the mock.
 * @returns The versions, written as the pins are; and why any of them is not what a plain install takes.
 */
export async function newestVersions(
  pins: Record<string, string>,
  stay: Record<string, string>,
  also: Record<string, string>,
  registry: Registry,
): Promise<{ versions: Record<string, string>; held: Record<string, string> }> {
  const chosen: Record<string, string> = {};
  const held: Record<string, string> = {};
  const ranges: Record<string, string[]> = {};
  const choose = async (name: string, range?: string, why = '') => {
    const pin = pins[name];
    const known = (ranges[name] ??= []);
    if (!pin || (range && known.includes(range))) return;
    if (range) known.push(range);
    const { all, latest } = await registry.versions(packageOf(name, pin));
    const fits = (version: string) => known.every((one) => satisfies(version, one));
    const version = fits(latest) ? latest : (rsort([...all]).find(fits) ?? versionOf(pin));
    if (version === chosen[name]) return;
    chosen[name] = version;
    if (version !== latest) held[name] = `${version}, not ${latest}: ${why}`;
  };

  for (const [name, pin] of Object.entries(pins)) {
    const major = `${versionOf(pin).split('.')[0]}.x`;
    await choose(name, stay[name] && major, stay[name]);
  }
  for (const [name, range] of Object.entries(also)) {
    await choose(name, range, `the mock accepts ${range}`);
  }
  for (let before = ''; before !== JSON.stringify(chosen);) {
    before = JSON.stringify(chosen);
    for (const [name, pin] of Object.entries(pins)) {
      const version = chosen[name] ?? '';
      const peers = await registry.peers(packageOf(name, pin), version);
      for (const [peer, range] of Object.entries(peers)) {
        await choose(peer, range, `${name} ${version} accepts ${range}`);
      }
    }
  }
  const versions = Object.entries(pins).map(([name, pin]): [string, string] => [
    name,
    pin.slice(0, pin.lastIndexOf('@') + 1) + chosen[name],
  ]);
  return { versions: Object.fromEntries(versions), held };
}

/** `npm:@workos-inc/node@8.13.0` is version 8.13.0 of @workos-inc/node. */
function packageOf(name: string, pin: string): string {
  return /^npm:(.+)@/.exec(pin)?.[1] ?? name;
}

function versionOf(pin: string): string {
  return pin.slice(pin.lastIndexOf('@') + 1);
}
