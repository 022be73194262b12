import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test as base } from 'vitest';
import { upgradeFolder } from './upgrade.ts';

/** A folder of a test's own: `write` fills it, `run` upgrades it and answers what is in it then. */
const test = base.extend('folder', async ({}, { onCleanup }) => {
  const path = await mkdtemp(join(tmpdir(), 'upgrade-'));
  onCleanup(() => rm(path, { recursive: true, force: true }));
  const read = (file: string) => readFile(join(path, file), 'utf8');
  return {
    path,
    read,
    async write(files: Record<string, string>) {
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(path, file)), { recursive: true });
        await writeFile(join(path, file), text);
      }
    },
    async run(options: { write: boolean }) {
      const { reports, changes } = await upgradeFolder(path, options);
      const places = reports.map(({ file, line, what }) => `${file}:${line} ${what}`);
      return { reports: places, changes: changes.length };
    },
  };
});

test('migrate/vault, migrate/mfa: a client is followed over files, classes, aliases and destructuring', async ({
  folder,
}) => {
  await folder.write({
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    'src/lib/workos.ts': `
import { WorkOS as Client } from '@workos-inc/node';

let cached: Client | undefined;
export const workos = new Client(process.env.WORKOS_API_KEY);
export function client() {
  return (cached ??= workos);
}
export { workos as default };
`,
    'src/routes/secrets.tsx': `
import type { WorkOS } from '@workos-inc/node';
import sdk, { client } from '@/lib/workos';

export class Secrets {
  constructor(private readonly workos: WorkOS, private other = client()) {}
  async all() {
    const { vault, mfa, portal: admin } = this.workos;
    const [first] = await Promise.all([vault.listSecrets(), sdk?.vault.readSecret({ id: '1' })]);
    await admin.generateLink({ organization: 'org_1', intent: 'sso' });
    await mfa.verifyFactor({ authenticationChallengeId: 'c', code: '1' });
    return [first, <b key="1">{(await client().vault.describeSecret({ id: '2' })).name}</b>];
  }
  key = (value: string) => this.other.apiKeys.validateApiKey({ value });
}
`,
  });
  expect(await folder.run({ write: true })).toEqual({ reports: [], changes: 7 });
  const text = await folder.read('src/routes/secrets.tsx');
  expect(text).toContain(
    'const { vault, multiFactorAuth: mfa, adminPortal: admin } = this.workos;',
  );
  expect(text).toContain("[vault.listObjects(), sdk?.vault.readObject({ id: '1' })]");
  expect(text).toContain('await mfa.verifyChallenge({');
  expect(text).toContain("{(await client().vault.describeObject({ id: '2' })).name}");
  expect(text).toContain('this.other.apiKeys.createValidation({ value })');
});

test('migrate/v9-to-v11: methods move to another resource, and two change their shape', async ({
  folder,
}) => {
  await folder.write({
    'handler.mjs': `
import { getWorkOS } from '@workos-inc/authkit-nextjs';

export async function load(organizationId, userId) {
  const workos = getWorkOS();
  const roles = await workos.organizations.listOrganizationRoles({ organizationId });
  const same = await workos.organizations.listOrganizationRoles({
    organizationId: userId.org, // theirs
  });
  const flags = workos.userManagement.listUserFeatureFlags({ userId });
  const token = await workos.widgets.getToken({ organizationId, userId });
  await workos.userManagement.enrollAuthFactor({ userId, type: 'totp' });
  return { roles, same, flags, token, later: workos.widgets.getToken({ organizationId }) };
}
`,
  });
  expect(await folder.run({ write: true })).toEqual({
    changes: 5,
    reports: ['handler.mjs:13 createToken answers { token }'],
  });
  const text = await folder.read('handler.mjs');
  expect(text).toContain('await workos.authorization.listOrganizationRoles(organizationId);');
  expect(text).toContain('await workos.authorization.listOrganizationRoles(userId.org);');
  expect(text).toContain('workos.featureFlags.listUserFeatureFlags({ userId })');
  expect(text).toContain(
    'const token = (await workos.widgets.createToken({ organizationId, userId })).token;',
  );
  expect(text).toContain(
    "await workos.multiFactorAuth.createUserAuthFactor({ userId, type: 'totp' });",
  );
});

test('migrate/sealed-session: a session is loaded first, where the cookie is surely there', async ({
  folder,
}) => {
  await folder.write({
    'session.ts': `
import { WorkOS } from '@workos-inc/node';
const workos = new WorkOS('sk', { clientId: 'c' });

export async function refresh(sessionData: string, password: string, user: { org: string }) {
  const done = await workos.userManagement.refreshAndSealSessionData({
    sessionData,
    cookiePassword: password,
    organizationId: user.org,
  });
  const url = await workos.userManagement.getLogoutUrlFromSessionCookie({ sessionData, cookiePassword: password });
  return { done, url };
}
export const first = (cookie: string) =>
  workos.userManagement.refreshAndSealSessionData({ organizationId: cookie, sessionData: cookie, cookiePassword: 'p' });
export const unsure = (sessionData?: string) =>
  workos.userManagement.refreshAndSealSessionData({ sessionData, cookiePassword: 'p' });
export const fromEnvironment = (sessionData: string) =>
  workos.userManagement.refreshAndSealSessionData({ sessionData });
`,
  });
  const { reports, changes } = await folder.run({ write: true });
  expect(changes).toBe(3);
  expect(reports).toEqual([
    expect.stringMatching(/^session\.ts:6 .*in an outage/),
    expect.stringMatching(/^session\.ts:15 .*in an outage/),
    expect.stringMatching(/^session\.ts:17 .*throws without a cookie.*in an outage/),
    expect.stringMatching(/^session\.ts:19 .*throws without a cookie.*in an outage/),
  ]);
  const text = await folder.read('session.ts');
  expect(text).toContain(`await workos.userManagement.loadSealedSession({
    sessionData,
    cookiePassword: password,
  }).refresh({ organizationId: user.org });`);
  expect(text).toContain(
    'loadSealedSession({ sessionData, cookiePassword: password }).getLogoutUrl();',
  );
  expect(text).toContain(
    "loadSealedSession({ sessionData: cookie, cookiePassword: 'p' }).refresh({ organizationId: cookie });",
  );
});

test('migrate/magic-auth, migrate/password-reset: renamed only where nobody reads an answer that now holds a secret', async ({
  folder,
}) => {
  await folder.write({
    'actions.ts': `
import { WorkOS } from '@workos-inc/node';
const workos = new WorkOS(process.env.WORKOS_API_KEY);

export async function send(email: string) {
  await workos.userManagement.sendMagicAuthCode({ email });
  void workos.userManagement.sendMagicAuthCode({ email });
}
export const sendAndAnswer = (email: string) => workos.userManagement.sendMagicAuthCode({ email });
export async function logged(email: string) {
  const sent = await workos.userManagement.sendMagicAuthCode({ email });
  console.log(sent);
}
export async function reset(email: string) {
  await workos.userManagement.sendPasswordResetEmail({ email, passwordResetUrl: 'https://a.example' });
}
`,
  });
  const { reports, changes } = await folder.run({ write: true });
  expect(changes).toBe(2);
  expect(reports).toEqual([
    expect.stringMatching(/^actions\.ts:9 createMagicAuth answers the code/),
    expect.stringMatching(/^actions\.ts:11 createMagicAuth answers the code/),
    expect.stringMatching(/^actions\.ts:15 .*passwordResetUrl/),
  ]);
  const text = await folder.read('actions.ts');
  expect(text.match(/createMagicAuth/g)).toHaveLength(2);
  expect(text).toContain('sendPasswordResetEmail({ email, passwordResetUrl');
});

test('migrate/runtime: CommonJS, a default import, a deep import, names that are gone', async ({
  folder,
}) => {
  await folder.write({
    'server.cjs': `
const { WorkOS, GeneratePortalLinkIntent } = require('@workos-inc/node');
const { OauthException } = require('@workos-inc/node/lib/common/exceptions');
const workos = new WorkOS(process.env.WORKOS_API_KEY);
module.exports.link = (organization) =>
  workos.portal.generateLink({ organization, intent: GeneratePortalLinkIntent.SSO });
module.exports.known = (error) => error instanceof OauthException;
`,
    'main.ts': `
import sdk from '@workos-inc/node';
import { getPrimaryEmail } from '@workos-inc/node';
const workos: sdk.WorkOS = new sdk.WorkOS('sk');
export const link = () => workos.portal.generateLink({ organization: 'o', intent: 'sso' });
export { getPrimaryEmail };
`,
    'passed-on.ts': `
import sdk from '@workos-inc/node';
export const all = { sdk };
`,
  });
  const { reports } = await folder.run({ write: true });
  expect(reports.toSorted()).toEqual([
    expect.stringMatching(/^main\.ts:3 getPrimaryEmail is gone/),
    expect.stringMatching(/^passed-on\.ts:2 there is no default import/),
    expect.stringMatching(/^server\.cjs:2 GeneratePortalLinkIntent is gone/),
    expect.stringMatching(/^server\.cjs:3 .*is not exported/),
  ]);
  expect(await folder.read('main.ts')).toContain("import * as sdk from '@workos-inc/node';");
  expect(await folder.read('main.ts')).toContain('workos.adminPortal.generateLink(');
  expect(await folder.read('server.cjs')).toContain('workos.adminPortal.generateLink(');
});

test('migrate/organizations, migrate/sso-authorization-url, migrate/memberships, migrate/directory-sync, migrate/events, migrate/webhook-payload, migrate/pkce: what only a person can decide is named by its line', async ({
  folder,
}) => {
  await folder.write({
    'package.json': '{\n  "dependencies": { "@workos-inc/node": "^7.82.0" }\n}\n',
    '.env.example': 'WORKOS_ENABLE_PKCE=true\n',
    'app.ts': `
import { type DirectoryUser, WorkOS } from '@workos-inc/node';
const workos = new WorkOS('sk');
export async function run(name: string, domains: string[], rest: object, body: object) {
  await workos.organizations.createOrganization({ name, domains });
  await workos.organizations.updateOrganization({ organization: 'o', allowProfilesOutsideOrganization: true });
  workos.sso.getAuthorizationUrl({ clientId: 'c', redirectUri: 'r', domain: 'd' });
  workos.sso.getAuthorizationUrl({ clientId: 'c', redirectUri: 'r', connection: 'x', organization: 'o' });
  workos.sso.getAuthorizationUrl({ redirectUri: 'r', organization: 'o' });
  workos.sso.getAuthorizationUrl({ redirectUri: 'r', organization: 'o', ...rest });
  workos.userManagement.getAuthorizationUrl({ provider: 'authkit', redirectUri: 'r', context: 'x' });
  const elsewhere = { clientId: 'c', redirectUri: 'r', domain: 'd' };
  workos.sso.getAuthorizationUrl(elsewhere);
  workos.sso.getAuthorizationUrl(JSON.parse(name));
  await workos.userManagement.listOrganizationMemberships({ limit: 5 });
  await workos.userManagement.listOrganizationMemberships({ userId: 'u' });
  const user = await workos.directorySync.getUser('u');
  const { username } = user;
  await workos.webhooks.constructEvent({ payload: body, sigHeader: 's', secret: 'x' });
  await workos.fga.check({ checks: [] });
  await workos.webhooks.constructEvent({ payload: name, sigHeader: 's', secret: 'x' });
  return [user.jobTitle, username, process.env.WORKOS_ENABLE_PKCE];
}
export const title = (person: DirectoryUser | null) => person?.emails[0]?.value;
export const isGone = (event: { event: string }) => event.event === 'dsync.deactivated';
`,
  });
  const before = await folder.read('app.ts');
  const { reports, changes } = await folder.run({ write: true });
  expect(changes).toBe(0);
  expect(await folder.read('app.ts')).toBe(before);
  const lines = reports.map((report) => report.split(' ')[0]);
  expect(lines).toEqual([
    ...[5, 6, 7, 8, 9, 11, 13, 14, 15, 18, 19, 20, 22, 22, 24, 25].map((line) => `app.ts:${line}`),
    '.env.example:1',
    'package.json:2',
  ]);
});

test('migrate/vault: what only looks like WorkOS is left alone, what may be is reported', async ({
  folder,
}) => {
  const files = {
    'other.ts': `
import Stripe from 'stripe';
import { vault } from 'node-vault';
class Mine {
  mfa = { verifyFactor: async () => true };
  vault = { createSecret: (name: string) => name };
}
export const mine = new Mine();
mine.vault.createSecret('x');
await mine.mfa.verifyFactor();
const emails = { emails: [], username: 'x', jobTitle: 'y' };
console.log(emails.jobTitle, 'sendMagicAuthCode', vault, Stripe);
// workos.vault.createSecret({})
`,
    'injected.js': `
module.exports = (deps, portal) => {
  portal.open();
  deps.widgets.getToken({});
  deps.cache.get('x');
  return deps.workos.vault.createSecret({ name: 'x' });
};
`,
    'payments.ts': 'export const read = (stripe) => stripe.webhooks.constructEvent(1, 2, 3);\n',
    'node_modules/dep/index.js': "require('@workos-inc/node').workos.vault.createSecret();",
    'dist/app.js': "require('@workos-inc/node').workos.vault.createSecret();",
  };
  await folder.write(files);
  const { reports, changes } = await folder.run({ write: true });
  expect(changes).toBe(0);
  expect(reports).toEqual([
    expect.stringMatching(/^injected\.js:4 cannot see/),
    expect.stringMatching(/^injected\.js:6 cannot see .*createObject/),
  ]);
  for (const [file, text] of Object.entries(files)) expect(await folder.read(file)).toBe(text);
});

test('migrate/vault: a dry run writes nothing, a second run finds nothing', async ({ folder }) => {
  const text = `import { WorkOS } from '@workos-inc/node';
const workos = new WorkOS('sk');
export const token = async () => await workos.widgets.getToken({ organizationId: 'o' });
await workos.vault.createSecret({ name: 'x', value: 'y', context: {} });
`;
  await folder.write({ 'a.mts': text });
  expect(await folder.run({ write: false })).toEqual({ reports: [], changes: 2 });
  expect(await folder.read('a.mts')).toBe(text);
  expect(await folder.run({ write: true })).toEqual({ reports: [], changes: 2 });
  const once = await folder.read('a.mts');
  expect(once).toContain("=> (await workos.widgets.createToken({ organizationId: 'o' })).token;");
  expect(await folder.run({ write: true })).toEqual({ reports: [], changes: 0 });
  expect(await folder.read('a.mts')).toBe(once);
});

test.for([
  [
    'on a value of unknown type',
    `// With workos in the file
export const describe = (error, workos) => [
  error.constructor.name,
  error.constructor.toString,
  error.__proto__.hasOwnProperty('x'),
  workos.valueOf(),
];
`,
  ],
  [
    'on a client and what it answers',
    `import { WorkOS, constructor, type DirectoryUser } from '@workos-inc/node';
const workos = new WorkOS('sk');
const { toString, vault: { valueOf } } = workos;
const { hasOwnProperty } = require('@workos-inc/node');
export const texts = (user: DirectoryUser) => {
  const { isPrototypeOf } = user;
  const { propertyIsEnumerable } = workos.vault;
  return [workos.toString(), workos.vault.toString(), workos.sso.constructor, user.valueOf()];
};
`,
  ],
  ['in a string', "export const names = ['constructor', 'toString', `__proto__`, 'workos'];\n"],
])(
  'migrate/runtime: a name that every object has is no rule, %s',
  async ([, text = ''], { folder }) => {
    await folder.write({ 'app.ts': text });
    expect(await folder.run({ write: true })).toEqual({ reports: [], changes: 0 });
    expect(await folder.read('app.ts')).toBe(text);
  },
);
