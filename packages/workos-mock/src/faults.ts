import type { Endpoint } from './endpoints.ts';

/** When a fault strikes; what is left out matches every request to its endpoint. */
export interface FaultScope {
  /** How many requests it strikes before it is used up. Default: 1. */
  times?: number;
  /** Only requests about this user (an id). */
  user?: string;
  /** Only requests of this session (an id). */
  session?: string;
  /** Only authentications with this `grant_type`, e.g. `refresh_token`. */
  grantType?: string;
  /** Chance from 0 to 1 that it strikes; drawn from `seed`, so that a run can be repeated. */
  probability?: number;
  seed?: number;
}

/** What happens instead of, or on top of, the answer. */
export type FaultEffect =
  | { kind: 'fail'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'delay'; milliseconds: number }
  | { kind: 'drop'; after: boolean }
  | { kind: 'garble'; as: 'html' | 'truncated' | 'empty' };

/** A request as faults see it. */
export interface FaultTarget {
  endpoint: Endpoint;
  grantType: string | null;
  userId: string | null;
  sessionId: string | null;
}

interface Fault {
  id: number;
  endpoint: Endpoint;
  effect: FaultEffect;
  scope: FaultScope;
  remaining: number;
  fired: number;
  random: () => number;
}

/** The faults that are switched on, each used up after it has struck as often as it was told to. */
export class Faults {
  #faults: Fault[] = [];
  #next = 1;

  /** Switches one on, and answers its id. */
  add(endpoint: Endpoint, effect: FaultEffect, scope: FaultScope = {}): number {
    const { times = 1, seed = 1 } = scope;
    const id = this.#next++;
    this.#faults.push({
      id,
      endpoint,
      effect,
      scope,
      remaining: times,
      fired: 0,
      random: pseudoRandom(seed),
    });
    return id;
  }

  /** The effects that strike this request, in the order in which they were added; each is used up by one. */
  take(target: FaultTarget): FaultEffect[] {
    if (this.#faults.length === 0) return [];
    const effects: FaultEffect[] = [];
    for (const fault of this.#faults) {
      if (fault.remaining < 1 || !matches(fault, target)) continue;
      if (fault.scope.probability !== undefined && fault.random() >= fault.scope.probability)
        continue;
      // Two answers exclude each other; a delay goes with any.
      if (fault.effect.kind !== 'delay' && effects.some((effect) => effect.kind !== 'delay'))
        continue;
      fault.remaining--;
      fault.fired++;
      effects.push(fault.effect);
    }
    this.#faults = this.#faults.filter((fault) => fault.remaining > 0 || fault.fired === 0);
    return effects;
  }

  /** One line for each fault that has never struck; with `ids`, of those alone. */
  unfired(ids?: readonly number[]): string[] {
    return this.#faults
      .filter(({ id, fired }) => fired === 0 && (ids === undefined || ids.includes(id)))
      .map((fault) => describeFault(fault));
  }

  /** The faults that are still on, each with a line that a person reads. */
  list(): { id: number; description: string }[] {
    return this.#faults
      .filter((fault) => fault.remaining > 0)
      .map((fault) => ({
        id: fault.id,
        description: `${describeFault(fault)}, ${fault.remaining} more`,
      }));
  }

  /** Switches one off, whether it has struck or not. */
  remove(id: number): void {
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
  }

  clear(): void {
    this.#faults = [];
  }
}

/** How a fault reads in a message or in the request log. */
export function describeEffect(effect: FaultEffect): string {
  switch (effect.kind) {
    case 'fail':
      return `failNext ${effect.status}`;
    case 'delay':
      return `delayNext ${effect.milliseconds} ms`;
    case 'drop':
      return `dropNext ${effect.after ? 'after' : 'before'} the change`;
    case 'garble':
      return `garbleNext ${effect.as}`;
  }
}

function describeFault({ endpoint, effect, scope }: Fault): string {
  const narrowed = Object.keys(scope).length > 0 ? ` ${JSON.stringify(scope)}` : '';
  return `${describeEffect(effect)} on ${endpoint}${narrowed}`;
}

function matches({ endpoint, scope }: Fault, target: FaultTarget): boolean {
  return (
    endpoint === target.endpoint &&
    (scope.grantType === undefined || scope.grantType === target.grantType) &&
    (scope.user === undefined || scope.user === target.userId) &&
    (scope.session === undefined || scope.session === target.sessionId)
  );
}

/** Mulberry32: small, fast, and the same sequence for the same seed. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
