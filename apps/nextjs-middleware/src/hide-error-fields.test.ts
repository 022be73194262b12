import { inspect } from 'node:util';
import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../test/finish-sign-in';
import { inRequest } from '../test/in-request';
import { GET as signIn } from './app/sign-in/route';
import { register } from './instrumentation';

const { error, warn, log } = console;

afterEach(() => {
  vi.unstubAllEnvs();
  Object.assign(console, { error, warn, log });
});

test('nextjs/handle-auth: half an answer with tokens in it reaches neither the log nor the browser [attack/leakage] [fault/callback]', async ({
  workos,
}) => {
  const written = vi.spyOn(console, 'error').mockReturnValue();
  vi.stubEnv('NEXT_RUNTIME', 'nodejs');
  await register();
  const start = await inRequest('/sign-in', {}, signIn);
  await workos.garbleNext('POST /user_management/authenticate', 'truncated');
  const { location, cookies } = await finishSignIn(start, 'ada@acme.test');
  expect(location).toContain('/sign-in-failed?reason=workos_unavailable');
  expect(cookies['wos-session']).toBeFalsy();
  // As Node.js writes it: fields of the error and of its causes, too.
  const lines = inspect(written.mock.calls, { depth: 10 });
  expect(lines).toContain('[AuthKit callback error]');
  expect(lines).not.toMatch(/eyJ|access_token|refresh_token/);
});

test('nextjs/handle-auth: what errors and their causes carry is not logged, and can be read still [attack/leakage]', async () => {
  const written = vi.spyOn(console, 'error').mockReturnValue();
  vi.stubEnv('NEXT_RUNTIME', 'nodejs');
  await register();
  const cause = Object.assign(new Error('inner'), { rawData: 'a-token', status: 403 });
  const error = Object.assign(new Error('outer', { cause }), { rawBody: 'a-token' });
  cause.cause = error;
  console.error('It failed:', error);
  const lines = inspect(written.mock.calls, { depth: 10 });
  expect(lines).toContain('status: 403');
  expect(lines).not.toContain('a-token');
  expect(cause.rawData).toBe('a-token');
});
