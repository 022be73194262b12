import { vi } from 'vitest';
import type { WorkosMock } from './mock.ts';
import { listen } from './node.ts';

/**
 * A setup file for vitest. SDKs that read their environment when they are imported (authkit-nextjs) need one address for
 * all tests of a file: this opens it and sets the variables, and each test's mock is mounted behind it.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({ test: { setupFiles: ['workos-mock/door'] } });
 */
export interface Door {
  url: string;
  port: number;
  /** Puts a mock behind the door; the function that it returns takes it away again. */
  mount(mock: WorkosMock): () => void;
}

const KEY = Symbol.for('workos-mock.door');
const shared = globalThis as { [KEY]?: Door };

async function open(): Promise<Door> {
  let mounted: WorkosMock | undefined;
  const { url, port } = await listen((request) => {
    if (mounted) return mounted.fetch(request);
    const message = 'No mock is mounted: the test does not use the workos fixture.';
    return Promise.resolve(Response.json({ message }, { status: 503 }));
  });
  return {
    url,
    port,
    mount(mock) {
      if (mounted) {
        throw new Error(
          'Two tests hold the door of workos-mock at once. It is one address for SDKs that read their environment at import: do not run these tests concurrently.',
        );
      }
      mounted = mock;
      return () => {
        mounted = undefined;
      };
    },
  };
}

// With `isolate: false` test files share a process. It has one door, and each file begins without the environment and the SDK
// of the one before.
const { port } = (shared[KEY] ??= await open());
vi.unstubAllEnvs();
vi.resetModules();

process.env.WORKOS_API_HOSTNAME = 'localhost';
process.env.WORKOS_API_PORT = String(port);
process.env.WORKOS_API_HTTPS = 'false';
process.env.WORKOS_CLIENT_ID ??= 'client_mock';
process.env.WORKOS_API_KEY ??= 'sk_test_default';
process.env.WORKOS_COOKIE_PASSWORD ??= 'a-cookie-password-for-tests-only!';
process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI ??= 'http://localhost:3000/callback';
