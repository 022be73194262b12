import { env, exports } from 'cloudflare:workers';
import { test as base, vi } from 'vitest';
import { createControl, type MockControl } from 'workos-mock';
import { ORIGIN } from './browser';

// vitest.config.ts answers everything that is sent out with one mock, at whatever address.
const control = createControl(
  (request) => fetch(request),
  `http://${env.WORKOS_API_HOSTNAME}:${env.WORKOS_API_PORT}`,
);

/** The control of the mock. Moving its clock moves `Date` along, so that the Worker sees the same time. */
const workos: MockControl = {
  ...control,
  clock: {
    ...control.clock,
    async advance(by) {
      await control.clock.advance(by);
      vi.setSystemTime(await control.clock.now());
    },
  },
};

/** Vitest's `test` with the mock as it was at the start, and the Worker itself. */
export const test = base
  .extend('workos', { auto: true }, async ({}, { onCleanup }) => {
    await control.reset();
    onCleanup(async () => {
      vi.useRealTimers();
      await control.verify();
    });
    return workos;
  })
  .extend(
    'worker',
    // Redirects are what many tests are about, so they are not followed.
    () => (path: string, init?: RequestInit) =>
      exports.default.fetch(new Request(new URL(path, ORIGIN), { redirect: 'manual', ...init })),
  );

export { expect } from 'vitest';
export { ORIGIN };
