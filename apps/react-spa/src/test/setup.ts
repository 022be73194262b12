import { cleanup, configure } from '@testing-library/react';
import { createClient } from '@workos-inc/authkit-js';
import { afterAll, afterEach, vi } from 'vitest';

// happy-dom announces Web Locks and has none. Without the announcement the SDK takes its lock in localStorage, as in older
// browsers.
Reflect.deleteProperty(Object.getPrototypeOf(navigator) as object, 'locks');

// A busy machine takes longer than the second that it is given.
configure({ asyncUtilTimeout: 10_000 });

// authkit-react disposes of no client. Its timer would go on beside the next test, ask a mock that is gone, and after the last
// test find no `document`.
const timers = new Set<ReturnType<typeof setTimeout>>();
let isOver = false;
globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply(start, self, args) {
    const timer: ReturnType<typeof setTimeout> = Reflect.apply(start, self, args);
    if (isOver) clearTimeout(timer);
    else timers.add(timer);
    return timer;
  },
});
afterAll(() => {
  isOver = true;
});

afterEach(async () => {
  cleanup();
  for (const timer of timers) clearTimeout(timer);
  timers.clear();
  vi.restoreAllMocks();
  localStorage.clear();
  sessionStorage.clear();
  document.cookie = 'workos-has-session=; path=/; max-age=0';
  window.history.replaceState(null, '', '/');
  // The SDK keeps the person and the token in a variable of its module, which outlives the provider: for the next test
  // nobody must be there. Nothing is left that would make this client ask for a session.
  (await createClient('client_mock')).dispose();
});
