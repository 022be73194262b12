import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

export const events: Change = {
  id: 'migrate/events',
  before: ['dsync.deactivated', 'organization_membership.added', 'organization_membership.removed'],
  after: ['dsync.deleted', 'organization_membership.created', 'organization_membership.deleted'],
  gone: 8,
  codemod: 'reports',
  what: '`dsync.deactivated` is `dsync.deleted`, and the `organization_membership` events are `created`, `updated` and `deleted`. It is a matter of types: a handler that compares with the old name compiles in JavaScript and never runs again, so look for the string in your webhook handlers and in the dashboard’s list of events. The codemod names every place, because the new name may be handled there already.',
  run: {
    v7: async (stage) => {
      await stage.v7.directorySync.deleteDirectory('directory_acme');
      return v7.listDisconnected(stage.v7);
    },
    v8: async (stage) => {
      await stage.v8.directorySync.deleteDirectory('directory_acme');
      return v8.listDisconnected(stage.v8);
    },
    v11: async (stage) => {
      await stage.v11.directorySync.deleteDirectory('directory_acme');
      return v11.listDisconnected(stage.v11);
    },
  },
};
