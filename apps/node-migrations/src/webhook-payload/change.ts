import { createHmac } from 'node:crypto';
import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

export const secret = 'a-signing-secret';
const body = JSON.stringify({
  id: 'event_1',
  event: 'dsync.deleted',
  created_at: '2026-01-01T00:00:00.000Z',
  data: { object: 'directory', id: 'directory_acme', organization_id: 'org_acme' },
});

/** Signs a body as WorkOS does: HMAC-SHA256 over the time in milliseconds, a dot, and the body. */
export function sign(text: string, at = Date.now()): string {
  const mac = createHmac('sha256', secret).update(`${at}.${text}`).digest('hex');
  return `t=${at}, v1=${mac}`;
}

export const webhookPayload: Change = {
  id: 'migrate/webhook-payload',
  before: ['webhooks.constructEvent({ payload: req.body })'],
  after: ['webhooks.constructEvent({ payload: rawBody })'],
  gone: 10,
  codemod: 'reports',
  what: 'What is signed is the body as it came. Versions 7 and 8 take the parsed object and write it as JSON again, so a raw string or bytes never match, and an object matches only while the sender’s JSON has no space more than `JSON.stringify` writes. From 9.3.1 on hand over the raw body, before any parser: `await request.text()`, or `express.raw()`. The parsed object still passes where it passed before, so the change can wait until after the upgrade, but not be made before it.',
  run: {
    v7: (stage) => v7.readWebhook(stage.v7, body, sign(body), secret),
    v8: (stage) => v8.readWebhook(stage.v8, body, sign(body), secret),
    v11: (stage) => v11.readWebhook(stage.v11, body, sign(body), secret),
  },
};
