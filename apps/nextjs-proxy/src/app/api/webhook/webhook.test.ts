import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { POST } from './route';

const SECRET = 'webhook_secret';
beforeEach(() => void vi.stubEnv('WORKOS_WEBHOOK_SECRET', SECRET));
afterEach(() => vi.unstubAllEnvs());

const event = {
  id: 'event_1',
  event: 'user.created',
  data: { object: 'user', id: 'user_1', first_name: 'Zoë' },
  created_at: '2026-01-01T00:00:00Z',
};
// Not as `JSON.stringify` writes it: only the bytes that were sent have the right signature.
const body = JSON.stringify(event, null, 2);

function post(payload: string, { secret = SECRET, age = 0, signed = payload } = {}) {
  const time = Date.now() - age;
  const hash = createHmac('sha256', secret).update(`${time}.${signed}`).digest('hex');
  return POST(
    new Request('http://localhost:3000/api/webhook', {
      method: 'POST',
      body: payload,
      headers: { 'workos-signature': `t=${time}, v1=${hash}` },
    }),
  );
}

test('ask/webhook-body: the text as it came has the right signature', async () => {
  const response = await post(body);
  expect(await response.json()).toEqual({ received: 'event_1' });
});

test.for([
  ['tampered', body.replace('user_1', 'user_2'), { signed: body }],
  ['of another secret', body, { secret: 'other' }],
  ['stale', body, { age: 10 * 60 * 1000 }],
  ['parsed and written again', JSON.stringify(event), { signed: body }],
] as const)(
  'ask/webhook-body: one that is %s is refused [attack/webhook]',
  async ([, payload, options]) => {
    expect((await post(payload, options)).status).toBe(401);
  },
);

test('ask/webhook-body: a copy within three minutes is accepted, so that what an event does is to be done once for its id [attack/webhook]', async ({
  workos,
}) => {
  const sent = await workos.sendEvent({ event: event.event, data: event.data, secret: SECRET });
  const copy = () =>
    POST(
      new Request('http://localhost:3000/api/webhook', {
        method: 'POST',
        body: sent.body,
        headers: { 'workos-signature': sent.signature },
      }),
    );
  for (const seconds of [0, 1, 169]) {
    await workos.clock.advance({ seconds });
    const response = await copy();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ received: sent.id });
  }
  await workos.clock.advance({ seconds: 15 });
  expect((await copy()).status).toBe(401);
});

test('ask/webhook-body: a huge one is not read to its end [attack/webhook]', async () => {
  let sent = 0;
  const body = new ReadableStream({
    pull: (controller) => {
      sent += 64;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const init = { method: 'POST', body, duplex: 'half' };
  expect((await POST(new Request('http://localhost:3000/api/webhook', init))).status).toBe(413);
  expect(sent).toBeLessThan(1024);
});
