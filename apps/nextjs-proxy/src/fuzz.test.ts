import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { NextRequest } from 'next/server';
import { afterEach, beforeEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { handedOn, visit } from '../test/visit';
import { readState, writeState } from './app/(signed-in)/custom-state/custom-state';
import { POST as webhook } from './app/api/webhook/route';
import { GET as callback } from './app/callback/route';
import { signInOptions } from './app/sign-in/sign-in-options';
import { returnPath } from './return-path';

/** `RUNS=10000 vitest run fuzz` for longer; a failure prints the seed and the smallest input that shows it. */
const RUNS = Number(process.env.RUNS || 200);
const patient = { timeout: 60_000 + RUNS * 50 };
const ORIGIN = 'http://localhost:3000';

beforeEach(() => {
  for (const level of ['error', 'warn', 'info'] as const) {
    vi.spyOn(console, level).mockImplementation(() => {});
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Text as attackers write it: what means something to a parser of URLs, next to anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '/',
        '\\',
        '//',
        '..',
        '@',
        ':',
        '#',
        '?',
        '%2f',
        '%5c',
        '%0d%0a',
        '\t',
        '\n',
      ),
      fc.constantFrom('evil.example', 'localhost:3000', 'https:', 'javascript:', 'account'),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

/** What fits in a cookie's value. */
const cookieValue = fc.oneof(
  hostile.map((text) => text.replaceAll(/[^\x21-\x7e]|[;,]/g, '')),
  fc
    .array(fc.string({ unit: fc.constantFrom(...'aZ09_-*~='), maxLength: 12 }), {
      minLength: 5,
      maxLength: 9,
    })
    .map((parts) => `Fe26.2*${parts.join('*')}~2`),
);

test(
  'nextjs/sign-in-endpoint: whatever the return path, the browser stays on this host [fuzz/input]',
  patient,
  () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const kept = signInOptions(new URLSearchParams({ returnTo: text })).returnTo;
        expect(kept).toBe(returnPath(text));
        if (kept !== undefined) expect(new URL(kept, ORIGIN).origin).toBe(ORIGIN);
      }),
      { numRuns: RUNS * 5 },
    );
  },
);

test(
  'nextjs/custom-state: whatever comes as state, it is read as what is known or as nothing [fuzz/input]',
  patient,
  () => {
    const known = new Set(['plan', 'referrer', 'newOrganization']);
    fc.assert(
      fc.property(fc.oneof(hostile, fc.json(), fc.anything().map(JSON.stringify)), (text) => {
        const state = readState(text);
        expect(Object.keys(state).every((key) => known.has(key))).toBe(true);
        expect(readState(writeState(state))).toEqual(state);
      }),
      { numRuns: RUNS * 5 },
    );
  },
);

test(
  'nextjs/handle-auth: whatever comes to the callback, a page of this app answers and no session begins [fuzz/input]',
  patient,
  async () => {
    const params = fc.dictionary(
      fc.constantFrom('code', 'state', 'error', 'error_description', 'x'),
      hostile,
    );
    await fc.assert(
      fc.asyncProperty(params, cookieValue, async (query, verifier) => {
        const url = `${ORIGIN}/callback?${new URLSearchParams(query)}`;
        const cookie = `wos-auth-verifier=${verifier}`;
        const response = await callback(new NextRequest(url, { headers: { cookie } }));
        expect(response.status).toBe(303);
        const location = new URL(response.headers.get('location') ?? '');
        expect(`${location.origin}${location.pathname}`).toBe(`${ORIGIN}/sign-in-failed`);
        expect(location.searchParams.has('returnTo')).toBe(false);
        expect(response.headers.getSetCookie().join()).not.toMatch(/wos-session=[^;]/);
      }),
      { numRuns: RUNS },
    );
  },
);

test(
  'nextjs/authkit-proxy: whatever the session cookie, no crash and no session [fuzz/input]',
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(cookieValue, async (value) => {
        const response = await visit('/account', { 'wos-session': value });
        expect(response).toRedirectToAuthKit();
        expect(handedOn(response)).not.toHaveProperty('x-workos-session');
      }),
      { numRuns: RUNS },
    );
  },
);

/** What a header carries without being encoded. */
const headerValue = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 200,
});

test(
  'ask/webhook-body: whatever comes as a webhook is refused unless it is signed, and a signed one crashes nothing [fuzz/input] [attack/webhook]',
  patient,
  async () => {
    const secret = 'webhook_secret';
    vi.stubEnv('WORKOS_WEBHOOK_SECRET', secret);
    const send = (body: string, signature: string) =>
      webhook(
        new Request(`${ORIGIN}/api/webhook`, {
          method: 'POST',
          body,
          headers: { 'workos-signature': signature },
        }),
      );
    const sign = (body: string, time = Date.now()) => {
      const hash = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
      return `t=${time}, v1=${hash}`;
    };
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({ id: fc.json(), event: fc.json(), data: fc.anything() })
        .map((event) => JSON.stringify(event)),
    );
    const hash = fc.oneof(
      headerValue,
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
    );
    const forged = fc.oneof(
      headerValue,
      // From now, so that it is the hash that does not fit; and whatever else somebody writes for a time.
      fc
        .tuple(fc.oneof(fc.constant('now'), fc.integer(), headerValue), hash)
        .map(([time, made]) => `t=${time === 'now' ? Date.now() : time}, v1=${made}`),
    );
    await fc.assert(
      fc.asyncProperty(body, forged, body, async (text, signature, other) => {
        expect((await send(text, signature)).status).toBe(401);
        if (other !== text) expect((await send(other, sign(text))).status).toBe(401);
        expect(console.info).not.toHaveBeenCalled();
        expect([200, 401]).toContain((await send(text, sign(text))).status);
        vi.mocked(console.info).mockClear();
      }),
      { numRuns: RUNS },
    );
  },
);
