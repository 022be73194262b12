/** They tell errors apart, and hold nothing of an answer. */
const harmless = new Set(['name', 'code', 'status', 'requestID', 'digest']);

/**
 * Keeps tokens out of the log: from now on the console leaves out the fields of errors, and those of their causes.
 *
 * `handleAuth` logs each error before `onError` sees it, and a ParseError carries what WorkOS answered, tokens included
 * (authkit-nextjs 4.3.2 with node 10.14.0). Next.js logs what nobody catches in the same way.
 *
 * @see https://nodejs.org/api/util.html#utilinspectobject-options
 */
export function hideErrorFields(): void {
  for (const method of ['error', 'warn', 'log'] as const) {
    const write = console[method];
    console[method] = (...values: unknown[]) => {
      for (const value of values) hide(value);
      write(...values);
    };
  }
}

/** The fields stay where they are, for code that reads them. */
function hide(value: unknown): void {
  const seen = new Set<Error>();
  for (let error = value; error instanceof Error && !seen.has(error); error = error.cause) {
    seen.add(error);
    for (const key of Object.keys(error)) {
      if (!harmless.has(key)) Reflect.defineProperty(error, key, { enumerable: false });
    }
  }
}
