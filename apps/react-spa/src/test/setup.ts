import { cleanup, configure } from '@testing-library/react';
import { createClient } from '@workos-inc/authkit-js';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { allowTimers, clearTimers, refuseTimers } from './timers';

// happy-dom announces Web Locks and has none. Without the announcement the SDK takes its lock in localStorage, as in older
// browsers.
Reflect.deleteProperty(Object.getPrototypeOf(navigator) as object, 'locks');

// A busy machine takes longer than the second that it is given.
configure({ asyncUtilTimeout: 10_000 });

// authkit-react disposes of no client. Its timer would go on beside the next test, ask a mock that is gone, and after the last
// test find no `document`.
beforeAll(allowTimers);
afterAll(refuseTimers);

afterEach(async () => {
  cleanup();
  clearTimers();
  vi.restoreAllMocks();
  localStorage.clear();
  sessionStorage.clear();
  document.cookie = 'workos-has-session=; path=/; max-age=0';
  window.history.replaceState(null, '', '/');
  // The SDK keeps the person and the token in a variable of its module, which outlives the provider: for the next test
  // nobody must be there. Nothing is left that would make this client ask for a session.
  (await createClient('client_mock')).dispose();
});
