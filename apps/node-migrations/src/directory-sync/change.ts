import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const id = 'directory_user_ada';

export const directorySync: Change = {
  id: 'migrate/directory-sync',
  before: [
    'directoryUser.emails',
    'directoryUser.username',
    'directoryUser.jobTitle',
    'getPrimaryEmail',
  ],
  after: [
    'directoryUser.email',
    'customAttributes.emails',
    'customAttributes.username',
    'customAttributes.job_title',
  ],
  gone: 8,
  codemod: 'reports',
  what: 'The fields are custom attributes now: switch the auto-mapped ones on in the dashboard first, or they are not there. Their names stay as the API spells them: `customAttributes.job_title`. The vendor’s guide says `.jobTitle`, which compiles and is `undefined`; a type for your attributes, as below, finds that. For the primary address there is `email`.',
  run: {
    v7: (stage) => v7.describePerson(stage.v7, id),
    v8: (stage) => v8.describePerson(stage.v8, id),
    v11: (stage) => v11.describePerson(stage.v11, id),
  },
};
