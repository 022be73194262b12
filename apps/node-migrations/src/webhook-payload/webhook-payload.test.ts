import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { secret, sign, webhookPayload } from './change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const event = { id: 'event_1', event: 'user.deleted', created_at: '', data: { id: 'user_1' } };
const minimal = JSON.stringify(event);
const spaced = JSON.stringify(event, null, 2);

test('migrate/webhook-payload: the same event is read, and nothing is asked of WorkOS', async ({
  workos,
}) => {
  const outcomes = await runChange(webhookPayload, workos);
  for (const { result, wire } of outcomes) {
    expect(result).toBe('dsync.deleted event_1');
    expect(wire).toEqual([]);
  }
});

test('migrate/webhook-payload: what the mock signs is read by every version', async ({
  workos,
}) => {
  const stage = createStage(workos);
  const data = { object: 'user', id: 'user_1' };
  const sent = await workos.sendEvent({ event: 'user.deleted', data, secret });
  const expected = `user.deleted ${sent.id}`;
  expect(await v7.readWebhook(stage.v7, sent.body, sent.signature, secret)).toBe(expected);
  expect(await v8.readWebhook(stage.v8, sent.body, sent.signature, secret)).toBe(expected);
  expect(await v11.readWebhook(stage.v11, sent.body, sent.signature, secret)).toBe(expected);
});

test('migrate/webhook-payload: 7 and 8 refuse every raw form and a body with spaces; 11 reads them', async ({
  workos,
}) => {
  const stage = createStage(workos);
  const bytes = new TextEncoder().encode(spaced);
  for (const raw of [minimal, new TextEncoder().encode(minimal)]) {
    const options = { sigHeader: sign(minimal), secret };
    await expect(
      stage.v7.webhooks.constructEvent({ ...options, payload: raw }),
    ).rejects.toMatchObject({ name: 'SignatureVerificationException' });
    const untyped = { ...options, payload: {} as Record<string, unknown> };
    Object.assign(untyped, { payload: raw });
    await expect(stage.v8.webhooks.constructEvent(untyped)).rejects.toMatchObject({
      name: 'SignatureVerificationException',
    });
    expect(await v11.readWebhook(stage.v11, raw, sign(minimal), secret)).toContain('event_1');
  }
  await expect(v7.readWebhook(stage.v7, spaced, sign(spaced), secret)).rejects.toThrow();
  await expect(v8.readWebhook(stage.v8, spaced, sign(spaced), secret)).rejects.toThrow();
  expect(await v11.readWebhook(stage.v11, bytes, sign(spaced), secret)).toContain('event_1');
});

test('migrate/webhook-payload: a changed body and an old signature are refused', async ({
  workos,
}) => {
  const { v11: client } = createStage(workos);
  const changed = minimal.replace('user_1', 'user_2');
  await expect(v11.readWebhook(client, changed, sign(minimal), secret)).rejects.toThrow();
  const old = sign(minimal, Date.now() - 4 * 60_000);
  await expect(v11.readWebhook(client, minimal, old, secret)).rejects.toThrow();
});
