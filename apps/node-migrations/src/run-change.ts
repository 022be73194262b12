import { isDeepStrictEqual } from 'node:util';
import { WorkOS as WorkOS7 } from 'workos-node-7';
import { WorkOS as WorkOS8 } from 'workos-node-8';
import { WorkOS as WorkOS11 } from 'workos-node-11';
import { type Change, type Stage, type Version, versions } from './change.ts';

/** Where a change runs: an address that answers like WorkOS and remembers what it was asked. A mock is one. */
export interface Place {
  hostname: string;
  port: number;
  reset(): Promise<void>;
  requests(): Promise<
    { method: string; path: string; body: Record<string, unknown>; endpoint: string | null }[]
  >;
  inbox(filter: { email: string }): Promise<{ secret: string }[]>;
}

/** What one version did. */
export interface Outcome {
  version: Version;
  result: unknown;
  /** Each request that it sent, e.g. `POST /user_management/magic_auth {email}`; ids are left out. */
  wire: string[];
}

/** The clients of the mock's environment, of all three versions. */
export function createStage(place: Place): Stage {
  const address = { apiHostname: place.hostname, port: place.port, https: false } as const;
  const options = { ...address, clientId: 'client_mock' };
  return {
    v7: new WorkOS7('sk_test_default', options),
    v8: new WorkOS8('sk_test_default', options),
    v11: new WorkOS11('sk_test_default', options),
    address,
    lastEmailed: async (email) => {
      const last = (await place.inbox({ email })).at(-1);
      if (!last) throw new Error(`nothing was sent to ${email}`);
      return last.secret;
    },
  };
}

/** Runs a change with each version, each time on a fresh start. */
export async function runChange(change: Change, place: Place): Promise<Outcome[]> {
  const stage = createStage(place);
  const outcomes: Outcome[] = [];
  for (const version of versions) {
    await place.reset();
    const result = await change.run[version](stage);
    // A client fetches the keys once and keeps them, so they are no part of what a call sends.
    const asked = (await place.requests()).filter(
      ({ endpoint }) => endpoint && endpoint !== 'GET /sso/jwks/:clientId',
    );
    outcomes.push({ version, result, wire: asked.map(describeRequest) });
  }
  return outcomes;
}

/** Whether every version came to the same result. */
export function areEqual(outcomes: Outcome[]): boolean {
  return outcomes.every(({ result }) => isDeepStrictEqual(result, outcomes[0]?.result));
}

function describeRequest({
  method,
  path,
  body,
}: {
  method: string;
  path: string;
  body: Record<string, unknown>;
}): string {
  const [pathname = '', query] = path.split('?');
  const fields = query ? [...new URLSearchParams(query).keys()] : Object.keys(body);
  const names = fields.toSorted().join(', ');
  const general = pathname.replaceAll(/\/(?=[a-z_]*\d)[\w-]{20,}/g, '/:id');
  return `${method} ${general}${names && (query ? ` ?${names}` : ` {${names}}`)}`;
}
