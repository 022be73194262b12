const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof CODES;

let critical = 0;
let waiting: Signal | undefined;

/** Makes Ctrl-C leave at once with the shell's exit code, except within `uninterrupted`. */
export function handleSignals(): void {
  for (const signal of Object.keys(CODES) as Signal[]) {
    process.on(signal, () => {
      // A second Ctrl-C does not wait any longer.
      if (critical > 0 && !waiting) waiting = signal;
      else leave(signal);
    });
  }
}

/** Finishes something that must not be left half done, e.g. storing a rotated token, before a signal takes effect. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  critical += 1;
  try {
    return await work();
  } finally {
    critical -= 1;
    if (critical === 0 && waiting) leave(waiting);
  }
}

/** Does something however the process ends, short of SIGKILL. Answers how to take it back. */
export function whenLeaving(cleanUp: () => void): () => void {
  process.once('exit', cleanUp);
  return () => {
    process.off('exit', cleanUp);
  };
}

function leave(signal: Signal): never {
  if (process.stderr.isTTY) process.stderr.write('\n');
  process.exit(CODES[signal]);
}
