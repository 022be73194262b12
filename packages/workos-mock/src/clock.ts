/** An amount of time; the parts are added up. */
export interface Duration {
  milliseconds?: number;
  seconds?: number;
  minutes?: number;
  hours?: number;
  days?: number;
}

/** Adds up the parts of a duration, in milliseconds. */
export function toMilliseconds(duration: Duration): number {
  const { milliseconds = 0, seconds = 0, minutes = 0, hours = 0, days = 0 } = duration;
  return milliseconds + 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days)));
}

/** Waits in the machine's time. A process that has nothing else to do ends before. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer: unknown = setTimeout(resolve, milliseconds);
    (timer as { unref?: () => void }).unref?.();
  });
}

// Kept from the start: a test that replaces `Date` must not move the mock's clock a second time.
const realNow = Date.now.bind(Date);
/** The last moment that a `Date` can say (ECMA-262, section 21.4.1.1). */
const END_OF_TIME = 8.64e15;
/** What is made now lives on into the future; nothing lives longer. */
const LONGEST_LIFE = 366 * 24 * 60 * 60 * 1000;

/** The mock's time: the machine's time plus what a test has advanced it by. */
export class Clock {
  #offset = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return realNow() + this.#offset;
  }

  /** Whole seconds since 1970, as in a JWT. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** The time `milliseconds` from now in WorkOS' form, e.g. `2026-11-23T09:30:00.000Z`. */
  iso(milliseconds = 0): string {
    return new Date(this.now() + milliseconds).toISOString();
  }

  /**
   * Moves time on: codes, tokens, sessions and grace periods expire as they would.
   *
   * @throws RangeError when the duration is negative or not a number, because time does not go back, or leads beyond what a
   *   `Date` can say.
   */
  advance(duration: Duration): void {
    const milliseconds = toMilliseconds(duration);
    if (!(milliseconds >= 0)) {
      throw new RangeError(
        `clock.advance takes a duration of zero or more, e.g. { minutes: 6 }; got ${JSON.stringify(duration)}`,
      );
    }
    if (this.now() + milliseconds > END_OF_TIME - LONGEST_LIFE) {
      throw new RangeError(
        `clock.advance leads beyond the end of time: ${JSON.stringify(duration)}`,
      );
    }
    this.#offset += milliseconds;
  }

  /** Back to the machine's time. */
  reset(): void {
    this.#offset = 0;
  }
}
