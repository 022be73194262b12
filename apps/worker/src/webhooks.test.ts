import { env } from 'cloudflare:workers';
import { Hono } from 'hono';
import { expect, test } from '../test/workos';
import { answerError } from './answer-error';
import type { AppTypes } from './env';
import { takeWebhook } from './webhooks';
import { workosFor } from './workos';

const secret = env.WORKOS_WEBHOOK_SECRET;
const deleted = {
  event: 'organization.deleted',
  data: { object: 'organization', id: 'org_acme', name: 'Acme', domains: [] },
  secret,
};
type Sent = { body: string; signature: string };
const post = ({ body, signature }: Sent): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', 'workos-signature': signature },
});

test('node/webhooks: a webhook that WorkOS signed is handled, and a copy of it is not [attack/webhook]', async ({
  worker,
  workos,
}) => {
  const { headers } = await workos.signIn({ email: 'ada@acme.test' });
  await worker('/api/posts', { method: 'POST', headers, body: '{"title":"Soon gone"}' });
  const sent = await workos.sendEvent(deleted);
  const first = await worker('/webhooks', post(sent));
  expect(first.status).toBe(200);
  expect(await first.json()).toEqual({ handled: true });
  expect(await (await worker('/api/posts', { headers })).json()).toEqual({ posts: [] });

  await worker('/api/posts', { method: 'POST', headers, body: '{"title":"After"}' });
  const replayed = await worker('/webhooks', post(sent));
  expect(await replayed.json()).toEqual({ handled: false });
  expect(await (await worker('/api/posts', { headers })).json()).toMatchObject({
    posts: [{ title: 'After' }],
  });
});

test('node/webhooks: twenty copies at the same moment are handled once [attack/webhook]', async ({
  worker,
  workos,
}) => {
  const sent = await workos.sendEvent(deleted);
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await worker('/webhooks', post(sent))).json()),
  );
  expect(answers.filter((answer) => (answer as { handled: boolean }).handled)).toHaveLength(1);
});

test('node/webhooks: what was tampered with, is stale, or is signed by somebody else is refused [attack/webhook]', async ({
  worker,
  workos,
}) => {
  const sent = await workos.sendEvent(deleted);
  const foreign = await workos.sendEvent({ ...deleted, secret: 'another-secret-of-somebody' });
  const [time = '', hash = ''] = sent.signature.split(', ');
  const refused: Record<string, Sent> = {
    tampered: { ...sent, body: sent.body.replace('org_acme', 'org_globex') },
    'another secret': foreign,
    'another time': { ...sent, signature: `t=${Number(time.slice(2)) + 1}, ${hash}` },
    'no signature': { ...sent, signature: '' },
    'half a signature': { ...sent, signature: time },
    'an empty body': { ...sent, body: '' },
    'reformatted on the way': { ...sent, body: JSON.stringify(JSON.parse(sent.body), null, 2) },
  };
  for (const [what, request] of Object.entries(refused)) {
    const response = await worker('/webhooks', post(request));
    expect(response.status, what).toBe(400);
    expect(await response.json(), what).toMatchObject({ error: 'invalid_signature' });
  }
  await workos.clock.advance({ minutes: 4 });
  expect((await worker('/webhooks', post(sent))).status).toBe(400);
});

test('node/webhooks: a huge body is refused before it is read [attack/webhook]', async ({
  worker,
  workos,
}) => {
  const sent = await workos.sendEvent(deleted);
  const response = await worker('/webhooks', post({ ...sent, body: `"${'x'.repeat(300_000)}"` }));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error: 'too_large' });
});

test('node/webhooks: an event that could not be handled is handled when WorkOS sends it again', async ({
  workos,
}) => {
  const outcomes = ['the database is away', null, null];
  const app = new Hono<AppTypes>().post('/webhooks', async (c) => {
    const isNew = await takeWebhook(c, async () => {
      const problem = outcomes.shift();
      if (problem) throw new Error(problem);
    });
    return c.json({ handled: isNew });
  });
  app.onError((error, c) => c.json({ message: error.message }, 500));
  const sent = await workos.sendEvent(deleted);
  const answers = [];
  for (let i = 0; i < 3; i++)
    answers.push(await (await app.request('/webhooks', post(sent), env)).json());
  expect(answers).toEqual([
    { message: 'the database is away' },
    { handled: true },
    { handled: false },
  ]);
});

test('node/webhooks: an event whose handling was cut off is handled when WorkOS sends it again', async ({
  workos,
}) => {
  let cutOff = () => {};
  const isCutOff = new Promise<void>((resolve) => (cutOff = resolve));
  const handled: string[] = [];
  const app = new Hono<AppTypes>().post('/webhooks', async (c) => {
    const isNew = await takeWebhook(c, async ({ id }) => {
      // The first one never comes to its end, as where a deploy ends it.
      if (handled.push(id) === 1) await isCutOff;
    });
    return c.json({ handled: isNew });
  });
  app.onError(answerError);
  const sent = await workos.sendEvent(deleted);
  const send = async () => app.request('/webhooks', post(sent), env);

  const first = send();
  await expect.poll(() => handled.length).toBe(1);
  expect((await send()).status).toBe(409);
  await workos.clock.advance({ minutes: 2 });
  expect(await (await send()).json()).toEqual({ handled: true });
  expect(await (await send()).json()).toEqual({ handled: false });
  expect(handled).toHaveLength(2);
  cutOff();
  await first;
});

test('ask/webhook-body: the body must be the text as it came; parsed it passes only while it was minimal JSON', async ({
  workos,
}) => {
  const { webhooks } = await workosFor(env);
  const { body, signature: sigHeader } = await workos.sendEvent(deleted);
  const bytes = new TextEncoder().encode(body);
  const event = await webhooks.constructEvent({ payload: body, sigHeader, secret });
  expect(event.event).toBe('organization.deleted');
  expect(await webhooks.constructEvent({ payload: bytes, sigHeader, secret })).toEqual(event);
  const parsed = JSON.parse(body) as Record<string, unknown>;
  expect(await webhooks.constructEvent({ payload: parsed, sigHeader, secret })).toEqual(event);

  // The same event with a space in it, as another serializer may write: only the text holds.
  const spaced = body.replace('{', '{ ');
  const signed = await webhooks.computeSignature(Date.now(), spaced, secret);
  const header = `t=${Date.now()}, v1=${signed}`;
  await expect(
    webhooks.constructEvent({ payload: JSON.parse(spaced) as object, sigHeader: header, secret }),
  ).rejects.toThrow('does not match');
});
