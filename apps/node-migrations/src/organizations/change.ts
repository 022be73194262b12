import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const facts = ({ name, domains }: { name: string; domains: { domain: string }[] }) => ({
  name,
  domains: domains.map(({ domain }) => domain),
});

export const organizations: Change = {
  id: 'migrate/organizations',
  before: [
    'createOrganization({ domains })',
    'updateOrganization({ domains })',
    'allowProfilesOutsideOrganization',
    'OrganizationDomainState.LegacyVerified',
    'legacy_verified',
  ],
  after: ['domainData'],
  gone: 8,
  codemod: 'reports',
  what: '`domains: ["acme.com"]` is `domainData: [{ domain, state }]`: you now say whether you know that they own it (`verified`) or whether they must prove it (`pending`), so the codemod leaves it to you. `allowProfilesOutsideOrganization` has no successor; sign-ins from any domain are a matter of the dashboard. The state `legacy_verified` is gone: `verified`.',
  run: {
    v7: async (stage) => facts(await v7.createTenant(stage.v7, 'Initech', 'initech.test')),
    v8: async (stage) => facts(await v8.createTenant(stage.v8, 'Initech', 'initech.test')),
    v11: async (stage) => facts(await v11.createTenant(stage.v11, 'Initech', 'initech.test')),
  },
};
