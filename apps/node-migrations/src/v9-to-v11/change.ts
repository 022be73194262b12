import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

export const v9ToV11: Change = {
  id: 'migrate/v9-to-v11',
  before: [
    'portal.generateLink',
    'GeneratePortalLinkIntent',
    'apiKeys.validateApiKey',
    'widgets.getToken',
    'organizations.listOrganizationRoles',
    'organizations.listOrganizationFeatureFlags',
    'organizations.listOrganizationApiKeys',
    'organizations.createOrganizationApiKey',
    'userManagement.listUserFeatureFlags',
    'organizationDomains.get',
    'organizationDomains.verify',
    'organizationDomains.create',
    'organizationDomains.delete',
    'fga',
  ],
  after: [
    'adminPortal.generateLink',
    'apiKeys.createValidation',
    'widgets.createToken',
    'authorization.listOrganizationRoles',
    'featureFlags.listOrganizationFeatureFlags',
    'apiKeys.listOrganizationApiKeys',
    'apiKeys.createOrganizationApiKey',
    'featureFlags.listUserFeatureFlags',
    'organizationDomains.getOrganizationDomain',
    'authorization',
  ],
  gone: 9,
  codemod: 'writes',
  what: 'Version 9 moves methods to the resource that they are about. Three change more than their name: `widgets.createToken()` answers `{ token }`, `authorization.listOrganizationRoles()` takes the id alone, and `fga` has no successor of the same shape (`authorization`, by hand). Without a compile error: every call is repeated up to three times on a network error, 408, 429 and 5xx, with one idempotency key (10.8; `maxRetries: 0` for the old behaviour), a missing step of a sign-in is an `AuthenticationException` with `code` (9), and `new WorkOS({ issuer })` makes sealed sessions check who issued their token (10.14): set it. From 10 to 11 only `pipes` changes.',
  run: {
    v7: async (stage) => ({
      link: new URL(await v7.setupLink(stage.v7, 'org_acme')).pathname,
      owner: await v7.ownerOf(stage.v7, 'sk_acme_production'),
      unknownKey: await v7.ownerOf(stage.v7, 'sk_unknown'),
      widgetToken: typeof (await v7.widgetToken(stage.v7, 'org_acme', 'user_ada')),
      roles: (await v7.listRoles(stage.v7, 'org_acme')).toSorted(),
      flags: await v7.listFlags(stage.v7, 'org_acme'),
    }),
    v8: async (stage) => ({
      link: new URL(await v8.setupLink(stage.v8, 'org_acme')).pathname,
      owner: await v8.ownerOf(stage.v8, 'sk_acme_production'),
      unknownKey: await v8.ownerOf(stage.v8, 'sk_unknown'),
      widgetToken: typeof (await v8.widgetToken(stage.v8, 'org_acme', 'user_ada')),
      roles: (await v8.listRoles(stage.v8, 'org_acme')).toSorted(),
      flags: await v8.listFlags(stage.v8, 'org_acme'),
    }),
    v11: async (stage) => ({
      link: new URL(await v11.setupLink(stage.v11, 'org_acme')).pathname,
      owner: await v11.ownerOf(stage.v11, 'sk_acme_production'),
      unknownKey: await v11.ownerOf(stage.v11, 'sk_unknown'),
      widgetToken: typeof (await v11.widgetToken(stage.v11, 'org_acme', 'user_ada')),
      roles: (await v11.listRoles(stage.v11, 'org_acme')).toSorted(),
      flags: await v11.listFlags(stage.v11, 'org_acme'),
    }),
  },
};
