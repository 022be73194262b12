import { expect, test } from 'vitest';
import { defaultSeed } from './default-seed.ts';
import { toCliSeed, toEmulatorConfig } from './seed-formats.ts';

test('a seed as the configuration of the vendor’s emulator: memberships hang on organizations, by e-mail', () => {
  const { config, leftOut } = toEmulatorConfig({
    ...defaultSeed,
    jwtTemplate: { name: '{{ user.first_name }}' },
    invitations: [{ email: 'new@acme.test', organization: 'Acme', role: 'admin' }],
  });
  expect(config).toMatchObject({
    apiKeys: { sk_test_default: { environment: 'test' } },
    roles: [{ slug: 'admin' }, { slug: 'member', is_default_role: true }],
    organizations: [
      {
        id: 'org_acme',
        domains: [{ domain: 'acme.test', state: 'verified' }],
        memberships: [
          { email: 'ada@acme.test', role: 'admin' },
          { email: 'grace@acme.test', role: 'member' },
          { email: 'eve@acme.test', role: 'member' },
        ],
      },
      { id: 'org_globex', memberships: [{ email: 'grace@acme.test', role: 'admin' }] },
    ],
    connections: [{ name: 'Acme Okta', connection_type: 'OktaSAML', organization: 'Acme' }],
    invitations: [{ email: 'new@acme.test', organization_id: 'org_acme', role_slug: 'admin' }],
    jwtTemplate: { content: '{"name":"{{ user.first_name }}"}' },
  });
  expect(leftOut).toEqual(['socialProviders', 'featureFlags', 'directories'].map(countOf));
});

test('a seed for a real environment: no people, and only exact addresses', () => {
  const { config, leftOut } = toCliSeed({
    ...defaultSeed,
    redirectUris: ['http://localhost:3000/callback', 'http://localhost:*/*'],
  });
  expect(config).toMatchObject({
    organizations: [
      { name: 'Acme', domains: ['acme.test'] },
      { name: 'Globex', domains: ['globex.test'] },
    ],
    config: { redirect_uris: ['http://localhost:3000/callback'], cors_origins: [] },
  });
  expect(leftOut).toContain('http://localhost:*/*: a real environment wants exact addresses here');
  expect(leftOut).toContain('users: 4');
});

function countOf(name: string): string {
  return `${name}: ${(defaultSeed[name as keyof typeof defaultSeed] as unknown[]).length}`;
}
