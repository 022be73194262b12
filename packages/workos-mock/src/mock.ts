import { handle } from './app.ts';
import { Clock } from './clock.ts';
import { createControl, type MockControl } from './control-client.ts';
import { defaultSeed } from './default-seed.ts';
import type { Environment, Options } from './environment.ts';
import { Faults } from './faults.ts';
import { RequestLog } from './request-log.ts';
import { RunningApps } from './running-apps.ts';
import { createStore, listPeople } from './store.ts';
import { TokenSigner } from './tokens.ts';

/** Where requests are sent that never leave the process. */
const IN_PROCESS_URL = 'http://localhost:4100';

/** A WorkOS environment in memory: a fetch-style handler, and the control of it. */
export interface WorkosMock extends MockControl {
  /** Answers a request as the WorkOS API would. Its host does not matter. */
  fetch(request: Request): Promise<Response>;
  /** The apps that were started beside it by `workos-mock run`. */
  apps: RunningApps;
  /** Who can sign in, as a person reads it. */
  people(): { name: string; email: string; organizations: string }[];
}

/**
 * Makes a mock of the WorkOS API. It costs next to nothing: make one a test.
 *
 * @param options What it knows and how it behaves; the default is the seeded cast of the READMEs.
 * @returns The mock. It listens nowhere; `listen` of `workos-mock/node` gives it an address.
 * @throws SeedError when a name in the seed refers to nothing.
 *
 * @example
 * const mock = createWorkosMock();
 * const { accessToken } = await mock.signIn({ email: 'ada@acme.test' });
 */
export function createWorkosMock(options: Partial<Options> = {}): WorkosMock {
  const clock = new Clock();
  const seed = options.seed ?? defaultSeed;
  const env: Environment = {
    options: {
      seed,
      interactive: options.interactive ?? false,
      refreshGrace: options.refreshGrace ?? 10,
      accessTokenLifetime: options.accessTokenLifetime ?? 300,
    },
    store: createStore(seed, clock),
    clock,
    tokens: new TokenSigner(),
    faults: new Faults(),
    log: new RequestLog(),
    apps: new RunningApps(),
  };
  const fetch = (request: Request) => handle(request, env);
  return {
    fetch,
    apps: env.apps,
    people: () => listPeople(env.store),
    ...createControl(fetch, IN_PROCESS_URL),
  };
}
