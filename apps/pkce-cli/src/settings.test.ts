import { describe, expect, test } from 'vitest';
import { readSettings, readWorkerUrl } from './settings.ts';

describe('node/public-client: settings', () => {
  test('production is the default', () => {
    expect(readSettings({ WORKOS_CLIENT_ID: 'client_01' })).toMatchObject({
      clientId: 'client_01',
      baseUrl: 'https://api.workos.com',
    });
  });

  test('what is missing or malformed is named', () => {
    expect(() => readSettings({})).toThrow('WORKOS_CLIENT_ID');
    const env = { WORKOS_CLIENT_ID: 'client_01' };
    for (const port of ['x', '0', '99999', '1.5']) {
      expect(() => readSettings({ ...env, WORKOS_API_PORT: port })).toThrow('WORKOS_API_PORT');
    }
  });

  test.each([
    'api.workos.com',
    'localhost.evil.example',
    '10.0.0.1',
    'user@localhost:1@evil.example',
  ])('a token never travels in the clear: http to %s', (host) => {
    const env = { WORKOS_CLIENT_ID: 'client_01', WORKOS_API_HTTPS: 'false' };
    expect(() => readSettings({ ...env, WORKOS_API_HOSTNAME: host })).toThrow('https');
    expect(() => readWorkerUrl({ WORKER_URL: `http://${host}` })).toThrow('https');
  });

  test('this machine may be asked without TLS', () => {
    expect(readWorkerUrl({}).origin).toBe('http://localhost:8787');
    expect(readWorkerUrl({ WORKER_URL: 'http://[::1]:1' }).hostname).toBe('[::1]');
    expect(() => readWorkerUrl({ WORKER_URL: 'file:///etc/passwd' })).toThrow('https');
  });
});
