import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

export const memberships: Change = {
  id: 'migrate/memberships',
  before: ['userManagement.listOrganizationMemberships({})'],
  after: [
    'listOrganizationMemberships({ userId })',
    'listOrganizationMemberships({ organizationId })',
  ],
  gone: 8,
  codemod: 'reports',
  what: 'The types ask for `userId` or `organizationId` (or both), which the API has always done: a call without either compiled on version 7 and was refused with 400. Who wants everybody goes organization by organization.',
  run: {
    v7: (stage) => v7.listMembers(stage.v7, 'org_acme'),
    v8: (stage) => v8.listMembers(stage.v8, 'org_acme'),
    v11: (stage) => v11.listMembers(stage.v11, 'org_acme'),
  },
};
