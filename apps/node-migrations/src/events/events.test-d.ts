import { expectTypeOf, test } from 'vitest';
import type { WorkOS as WorkOS7 } from 'workos-node-7';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { Event, WorkOS as WorkOS11 } from 'workos-node-11';

declare const v7: WorkOS7;
declare const v8: WorkOS8;
declare const v11: WorkOS11;
declare const event: Event;

test('migrate/events: the old names do not compile', () => {
  void v7.events.listEvents({ events: ['dsync.deactivated'] });
  // @ts-expect-error: dsync.deleted
  void v8.events.listEvents({ events: ['dsync.deactivated'] });
  // @ts-expect-error: dsync.deleted
  void v11.events.listEvents({ events: ['dsync.deactivated'] });
  // @ts-expect-error: dsync.deleted
  void (event.event === 'dsync.deactivated');
  // @ts-expect-error: organization_membership.created
  void (event.event === 'organization_membership.added');
  expectTypeOf<'dsync.deleted'>().toExtend<Event['event']>();
});
