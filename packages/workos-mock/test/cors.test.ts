import { expect, test } from 'vitest';
import { createWorkosMock } from '../src/mock.ts';
import { send } from './raw.ts';

const AUTHENTICATE = '/user_management/authenticate';
const listed = { seed: { corsOrigins: ['https://app.example.com', 'https://*.preview.example'] } };

/** Whether a browser shows a page of that origin the answer. */
const ORIGINS: [
  origin: string,
  options: Parameters<typeof createWorkosMock>[0],
  allowed: boolean,
][] = [
  ['http://localhost:5173', {}, true],
  ['http://localhost', {}, true],
  ['http://127.0.0.1:8080', {}, true],
  ['https://localhost:5173', {}, false],
  ['http://localhost.evil.example', {}, false],
  ['http://evil.example', {}, false],
  ['null', {}, false],
  ['not an origin', {}, false],
  ['https://app.example.com', listed, true],
  ['https://app.example.com:444', listed, false],
  ['http://app.example.com', listed, false],
  ['https://pr-7.preview.example', listed, true],
  ['https://a.b.preview.example', listed, false],
  ['http://localhost:5173', listed, false],
];

test.for(ORIGINS)('a page of %s with %j: %s', async ([origin, options, allowed]) => {
  const mock = createWorkosMock(options);
  const seen = allowed ? origin : null;
  const preflight = await send(mock, {
    ask: `OPTIONS ${AUTHENTICATE}`,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  const answer = await send(mock, { ask: `POST ${AUTHENTICATE}`, body: {}, headers: { origin } });
  expect([preflight.status, answer.status]).toEqual([204, 422]);
  for (const { headers } of [preflight, answer]) {
    expect(headers.get('access-control-allow-origin')).toBe(seen);
    expect(headers.get('access-control-allow-credentials')).toBe(allowed ? 'true' : null);
    expect(headers.get('vary')).toContain('Origin');
  }
  const names = preflight.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
  expect(names.includes('content-type')).toBe(allowed);
});

test('an error is as readable to the page as a success', async () => {
  const answer = await send(createWorkosMock(), {
    ask: `POST ${AUTHENTICATE}`,
    body: { client_id: 'client_mock', grant_type: 'refresh_token', refresh_token: 'x' },
    headers: { origin: 'http://localhost:5173', authorization: '' },
  });
  expect(answer.json).toMatchObject({ error: 'invalid_grant' });
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
});

test('no page of whatever origin reads the server APIs', async () => {
  const answer = await send(createWorkosMock(), {
    ask: 'GET /user_management/users',
    headers: { origin: 'http://localhost:5173' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
