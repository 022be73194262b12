import { expect, test } from 'workos-mock/vitest';
import * as package7 from 'workos-node-7';
import * as package8 from 'workos-node-8';
import * as package11 from 'workos-node-11';
import { createStage, runChange } from '../run-change.ts';
import { organizations } from './change.ts';

test('migrate/organizations: the organization is the same, what is sent is not', async ({
  workos,
}) => {
  const outcomes = await runChange(organizations, workos);
  for (const { result } of outcomes) {
    expect(result).toEqual({ name: 'Initech', domains: ['initech.test'] });
  }
  expect(outcomes.map(({ wire }) => wire)).toEqual([
    ['POST /organizations {allow_profiles_outside_organization, domains, name}'],
    ['POST /organizations {domain_data, name}'],
    ['POST /organizations {domain_data, name}'],
  ]);
});

test('migrate/organizations: in plain JavaScript the old form still runs, and makes an organization without a domain', async ({
  workos,
}) => {
  const { v8, v11 } = createStage(workos);
  const old: { name: string } = Object.assign({ name: 'Initech' }, { domains: ['initech.test'] });
  for (const client of [v8, v11]) {
    expect((await client.organizations.createOrganization(old)).domains).toEqual([]);
  }
});

test('migrate/organizations: the state legacy_verified is gone', () => {
  expect(Object.values(package7.OrganizationDomainState)).toContain('legacy_verified');
  expect(Object.values(package8.OrganizationDomainState)).not.toContain('legacy_verified');
  expect(Object.values(package11.OrganizationDomainState)).not.toContain('legacy_verified');
});
