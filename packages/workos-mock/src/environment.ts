import type { Context } from 'hono';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { RunningApps } from './running-apps.ts';
import type { Seed } from './seed.ts';
import type { Store } from './store.ts';
import type { TokenSigner } from './tokens.ts';

/** How one mock behaves; every field has a default. */
export interface Options {
  /** What it knows at the start. Default: the cast of `default-seed.ts`. */
  seed: Seed;
  /** Whether people choose on the sign-in page even when `login_hint` names somebody. Default: no. */
  interactive: boolean;
  /** Seconds for which an exchanged refresh token is still honoured; 0 refuses at once. Default: 10. */
  refreshGrace: number;
  /** Seconds that an access token lives. Default: 300, as in WorkOS. */
  accessTokenLifetime: number;
}

/** One mock: everything that its routes work on. They get it as an argument, so that a reset or a second mock is just another one. */
export interface Environment {
  options: Options;
  store: Store;
  clock: Clock;
  tokens: TokenSigner;
  faults: Faults;
  log: RequestLog;
  apps: RunningApps;
}

export interface AppTypes {
  Bindings: Environment;
}

/** A request and the mock that it is for. */
export type AppContext = Context<AppTypes>;

/** The address that the request was sent to, e.g. `http://localhost:4100`: the base of the issuer and of links. */
export function originOf(c: AppContext): string {
  return new URL(c.req.url).origin;
}
