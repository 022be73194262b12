import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

export const vault: Change = {
  id: 'migrate/vault',
  before: [
    'vault.createSecret',
    'vault.listSecrets',
    'vault.listSecretVersions',
    'vault.readSecret',
    'vault.describeSecret',
    'vault.updateSecret',
    'vault.deleteSecret',
  ],
  after: [
    'vault.createObject',
    'vault.listObjects',
    'vault.listObjectVersions',
    'vault.readObject',
    'vault.describeObject',
    'vault.updateObject',
    'vault.deleteObject',
  ],
  gone: 8,
  codemod: 'writes',
  what: 'Every `*Secret` method is the `*Object` method of the same stem, with the same arguments and requests. From 10 on `listObjects()` answers a list that goes over its pages with `autoPagination()`, newest first; `data` and `listMetadata` are where they were. The new names are in version 7 too.',
  run: {
    v7: async (stage) => ({
      value: await v7.rotate(stage.v7, 'api-key'),
      names: await v7.listNames(stage.v7),
    }),
    v8: async (stage) => ({
      value: await v8.rotate(stage.v8, 'api-key'),
      names: await v8.listNames(stage.v8),
    }),
    v11: async (stage) => ({
      value: await v11.rotate(stage.v11, 'api-key'),
      names: await v11.listNames(stage.v11),
    }),
  },
};
