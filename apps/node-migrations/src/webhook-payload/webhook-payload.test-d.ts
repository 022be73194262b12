import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

declare const v8: WorkOS8;
declare const v11: WorkOS11;
const options = { sigHeader: '', secret: '' };

test('migrate/webhook-payload: a raw body compiles on 11, not on 8', () => {
  // @ts-expect-error: the parsed object
  void v8.webhooks.constructEvent({ ...options, payload: '' });
  void v11.webhooks.constructEvent({ ...options, payload: '' });
  void v11.webhooks.constructEvent({ ...options, payload: new Uint8Array() });
  expectTypeOf(v11.webhooks.constructEvent).returns.resolves.toHaveProperty('event');
});
