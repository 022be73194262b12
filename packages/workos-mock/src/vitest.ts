import { expect, test as base, vi } from 'vitest';
import { createControl } from './control-client.ts';
import type { Door } from './door.ts';
import { isRedirectToAuthKit, matchers } from './matchers.ts';
import { createWorkosMock, type WorkosMock } from './mock.ts';
import { listen } from './node.ts';

/** A fresh mock with an address; it belongs to one test and leaves with it. */
export interface TestMock extends WorkosMock {
  /** For example `http://localhost:41233`. */
  url: string;
  hostname: 'localhost';
  port: number;
}

/**
 * Vitest's `test` with a mock of its own for every test. After the test the mock checks that every fault struck and that
 * no request went to an endpoint that it lacks.
 *
 * @example
 * test('a revoked session is refused', async ({ workos }) => {
 *   const { sessionId } = await workos.signIn({ email: 'ada@acme.test' });
 *   await workos.revokeSession(sessionId);
 * });
 */
export const test = base.extend('workos', { auto: true }, async ({}, { onCleanup }) => {
  const mock = createWorkosMock();
  const door = (globalThis as { [key: symbol]: Door | undefined })[Symbol.for('workos-mock.door')];
  const unmount = door?.mount(mock);
  const listening = door ? undefined : await listen(mock.fetch);
  onCleanup(async () => {
    vi.useRealTimers();
    unmount?.();
    await listening?.close();
    await mock.verify();
  });
  const address = door ?? listening!;
  // By its address, which is the issuer of the tokens that signIn() hands out.
  const control = createControl(mock.fetch, address.url);
  const workos: TestMock = {
    ...mock,
    ...control,
    url: address.url,
    hostname: 'localhost',
    port: address.port,
    clock: {
      ...mock.clock,
      // The SDK under test compares with its own clock: it moves along, and then stands still.
      async advance(by) {
        await mock.clock.advance(by);
        vi.setSystemTime(await mock.clock.now());
      },
    },
  };
  return workos;
});

expect.extend(matchers);

declare module 'vitest' {
  // The parameters must be spelled as vitest's own for the declarations to merge.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The response sends the browser to the hosted sign-in page, with these query parameters among others. */
    toRedirectToAuthKit(params?: Record<string, string>): R;
    /** The response sets a session cookie with a value; `wos-session` unless named. */
    toSetSessionCookie(name?: string): R;
    /** The response takes the session cookie away; `wos-session` unless named. */
    toDeleteSessionCookie(name?: string): R;
  }
}

export { expect, isRedirectToAuthKit };
