import type { Seed } from './seed.ts';

/**
 * The environment that a mock starts with: one client, one API key, two organizations and a small cast whose names stand
 * in the READMEs, on the sign-in page and in the screenshots. Everybody's password is `password`.
 */
export const defaultSeed = {
  clientId: 'client_mock',
  apiKey: 'sk_test_default',
  redirectUris: ['http://localhost:*/*', 'http://127.0.0.1:*/*'],
  logoutUris: ['http://localhost:3000/', 'http://localhost:*/*', 'http://127.0.0.1:*/*'],
  corsOrigins: ['http://localhost:*', 'http://127.0.0.1:*'],
  socialProviders: ['GoogleOAuth', 'MicrosoftOAuth', 'GitHubOAuth', 'AppleOAuth'],
  permissions: [
    { slug: 'posts:read', name: 'Read posts' },
    { slug: 'posts:write', name: 'Write posts' },
    { slug: 'users:manage', name: 'Manage users' },
  ],
  roles: [
    { slug: 'admin', name: 'Admin', permissions: ['posts:read', 'posts:write', 'users:manage'] },
    { slug: 'member', name: 'Member', permissions: ['posts:read'] },
  ],
  organizations: [
    { id: 'org_acme', name: 'Acme', domains: ['acme.test'] },
    { id: 'org_globex', name: 'Globex', domains: ['globex.test'] },
  ],
  users: [
    {
      id: 'user_ada',
      email: 'ada@acme.test',
      firstName: 'Ada',
      lastName: 'Lovelace',
      password: 'password',
      memberships: [{ organization: 'Acme', role: 'admin' }],
    },
    {
      id: 'user_grace',
      email: 'grace@acme.test',
      firstName: 'Grace',
      lastName: 'Hopper',
      password: 'password',
      memberships: [
        { organization: 'Acme', role: 'member' },
        { organization: 'Globex', role: 'admin' },
      ],
    },
    {
      id: 'user_linus',
      email: 'linus@hey.test',
      firstName: 'Linus',
      lastName: 'Torvalds',
      password: 'password',
    },
    {
      id: 'user_eve',
      email: 'eve@acme.test',
      firstName: 'Eve',
      lastName: 'Moneypenny',
      password: 'password',
      canImpersonate: true,
      memberships: [{ organization: 'Acme', role: 'member' }],
    },
  ],
  featureFlags: [
    { slug: 'beta-dashboard', name: 'Beta dashboard', enabled: true, organizations: ['Acme'] },
    { slug: 'dark-launch', name: 'Dark launch', enabled: true, users: ['grace@acme.test'] },
  ],
  apiKeys: [
    {
      id: 'api_key_acme',
      name: 'Acme production',
      value: 'sk_acme_production',
      organization: 'Acme',
      permissions: ['posts:read'],
    },
  ],
  connections: [
    { id: 'conn_acme', name: 'Acme Okta', organization: 'Acme', domains: ['acme.test'] },
  ],
  directories: [
    {
      id: 'directory_acme',
      name: 'Acme Directory',
      organization: 'Acme',
      domain: 'acme.test',
      groups: ['Engineering', 'Management'],
      users: [
        {
          id: 'directory_user_ada',
          email: 'ada@acme.test',
          firstName: 'Ada',
          lastName: 'Lovelace',
          role: 'admin',
          groups: ['Engineering', 'Management'],
          customAttributes: { job_title: 'Analyst', department_name: 'Engineering' },
        },
        {
          id: 'directory_user_grace',
          email: 'grace@acme.test',
          firstName: 'Grace',
          lastName: 'Hopper',
          role: 'member',
          groups: ['Engineering'],
          customAttributes: { job_title: 'Compiler Engineer', department_name: 'Engineering' },
        },
      ],
    },
  ],
} satisfies Seed;
