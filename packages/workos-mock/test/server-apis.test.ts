import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthenticationException } from '@workos-inc/node';
import { onTestFinished, vi } from 'vitest';
import { expect, test } from '../src/vitest.ts';
import { redirectUri, sdk } from './sdk.ts';

const acme = { organizationId: 'org_acme' };

test('SSO: from the identity provider with a code to a profile, once', async ({ workos }) => {
  const { sso } = sdk(workos);
  const options = { clientId: 'client_mock', redirectUri, state: 'mine' };
  const forms = [
    { ...options, connection: 'conn_acme' },
    { ...options, organization: 'org_acme' },
    { ...options, provider: 'GoogleOAuth' },
  ];
  await workos.createUser({ email: 'Zoe@acme.test' });
  const zoe = sso.getAuthorizationUrl({ ...forms[2]!, loginHint: 'zoe@ACME.test' });
  const known = await fetch(zoe, { redirect: 'manual' });
  expect(known.headers.get('location')).toContain('code=');
  for (const form of forms) {
    const url = sso.getAuthorizationUrl({ ...form, loginHint: 'ada@acme.test' });
    const answer = await fetch(url, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location')!);
    expect(back.searchParams.get('state')).toBe('mine');
    const code = back.searchParams.get('code')!;
    const { profile, accessToken } = await sso.getProfileAndToken({
      clientId: 'client_mock',
      code,
    });
    const isProvider = 'provider' in form;
    expect(profile).toMatchObject({
      email: 'ada@acme.test',
      connectionType: isProvider ? 'GoogleOAuth' : 'OktaSAML',
      organizationId: isProvider ? null : 'org_acme',
    });
    expect(await sso.getProfile({ accessToken })).toEqual(profile);
    await expect(sso.getProfileAndToken({ clientId: 'client_mock', code })).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  }
});

test('SSO: PKCE is checked, and what cannot work says so', async ({ workos }) => {
  const { sso } = sdk(workos);
  const { url, codeVerifier } = await sso.getAuthorizationUrlWithPKCE({
    clientId: 'client_mock',
    redirectUri,
    connection: 'conn_acme',
    loginHint: 'ada@acme.test',
  });
  const follow = async (address: string) => {
    const answer = await fetch(address, { redirect: 'manual' });
    return Object.fromEntries(new URL(answer.headers.get('location')!).searchParams);
  };
  const { code = '' } = await follow(url);
  await expect(sso.getProfileAndToken({ clientId: 'client_mock', code })).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  const again = await follow(url);
  const exchanged = { clientId: 'client_mock', code: again.code ?? '', codeVerifier };
  expect((await sso.getProfileAndToken(exchanged)).profile.idpId).toBe('idp|user_ada');
  expect(await follow(url.replace('conn_acme', 'conn_none'))).toMatchObject({
    error: 'connection_invalid',
  });
  expect(await follow(url.replace('ada%40acme', 'linus%40hey'))).toMatchObject({
    error: 'access_denied',
  });
  // What earlier SDKs send.
  const byDomain = (domain: string) =>
    follow(url.replace('connection=conn_acme', `domain=${domain}`));
  expect(await byDomain('acme.test')).toHaveProperty('code');
  expect(await byDomain('globex.test')).toMatchObject({ error: 'connection_invalid' });
  const both = await fetch(`${url}&organization=org_acme`, { redirect: 'manual' });
  expect(both.status).toBe(400);
  expect(await both.text()).toContain('Exactly one');
});

test('SSO: the identity provider’s page signs in whoever is chosen, or nobody', async ({
  workos,
}) => {
  const url = sdk(workos).sso.getAuthorizationUrl({
    clientId: 'client_mock',
    redirectUri,
    organization: 'org_acme',
  });
  const choose = async (user?: string) => {
    const page = await (await fetch(url)).text();
    expect(page).toContain('Acme Okta');
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await fetch(`${workos.url}/authkit/identity-provider`, {
      method: 'POST',
      body: new URLSearchParams({ request, ...(user && { user_id: user }) }),
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location')!).searchParams;
  };
  expect((await choose('user_grace')).has('code')).toBe(true);
  expect((await choose()).get('error')).toBe('access_denied');
  expect((await choose('user_linus')).get('error')).toBe('access_denied');
});

test('Directory Sync: users with custom attributes and groups', async ({ workos }) => {
  const { directorySync } = sdk(workos);
  const { data: directories } = await directorySync.listDirectories(acme);
  expect(directories).toMatchObject([{ id: 'directory_acme', state: 'active' }]);
  expect(await directorySync.getDirectory('directory_acme')).toMatchObject({
    name: 'Acme Directory',
  });
  const { data: users } = await directorySync.listUsers({ directory: 'directory_acme' });
  expect(users.map(({ customAttributes }) => customAttributes)).toEqual([
    { job_title: 'Compiler Engineer', department_name: 'Engineering' },
    { job_title: 'Analyst', department_name: 'Engineering' },
  ]);
  const { data: groups } = await directorySync.listGroups({ directory: 'directory_acme' });
  const management = groups.find(({ name }) => name === 'Management')!;
  const managers = await directorySync.listUsers({ group: management.id });
  expect(managers.data).toMatchObject([{ email: 'ada@acme.test', role: { slug: 'admin' } }]);
  expect(await directorySync.getGroup(management.id)).toMatchObject({ name: 'Management' });
  const ada = await directorySync.getUser('directory_user_ada');
  expect(ada.groups.map(({ name }) => name)).toEqual(['Engineering', 'Management']);
  await directorySync.deleteDirectory('directory_acme');
  const { data: deleted } = await sdk(workos).events.listEvents({ events: ['dsync.deleted'] });
  expect(deleted).toMatchObject([{ event: 'dsync.deleted', data: { id: 'directory_acme' } }]);
  await expect(directorySync.getUser('directory_user_ada')).rejects.toMatchObject({ status: 404 });
});

test('MFA: enrolled with a real TOTP secret, verified, and no code is good twice', async ({
  workos,
}) => {
  const { multiFactorAuth } = sdk(workos);
  const { authenticationFactor, authenticationChallenge } =
    await multiFactorAuth.createUserAuthFactor({
      userId: 'user_ada',
      type: 'totp',
      totpIssuer: 'Example',
      totpUser: 'ada@acme.test',
    });
  expect(authenticationFactor.totp.uri).toContain('otpauth://totp/Example:ada%40acme.test?secret=');
  expect(authenticationFactor.totp.qrCode).toMatch(/^data:image\//);
  const code = await workos.mfaCode('user_ada');
  const challengeId = authenticationChallenge.id;
  const verify = (id: string, value: string) =>
    multiFactorAuth.verifyChallenge({ authenticationChallengeId: id, code: value });
  expect((await verify(challengeId, code === '000000' ? '111111' : '000000')).valid).toBe(false);
  expect((await verify(challengeId, code)).valid).toBe(true);
  await expect(verify(challengeId, code)).rejects.toMatchObject({
    code: 'authentication_challenge_previously_verified',
  });
  const { id } = await multiFactorAuth.challengeFactor({
    authenticationFactorId: authenticationFactor.id,
  });
  expect((await verify(id, code)).valid).toBe(false);
  await workos.clock.advance({ seconds: 30 });
  expect((await verify(id, await workos.mfaCode('user_ada'))).valid).toBe(true);
  const factors = await multiFactorAuth.listUserAuthFactors({ userId: 'user_ada' });
  expect(factors.data).toMatchObject([{ id: authenticationFactor.id, userId: 'user_ada' }]);
  await multiFactorAuth.deleteFactor(authenticationFactor.id);
  await expect(multiFactorAuth.getFactor(authenticationFactor.id)).rejects.toMatchObject({
    status: 404,
  });
});

test('MFA: the standalone API enrolls an app or a phone', async ({ workos }) => {
  const { multiFactorAuth } = sdk(workos);
  const app = await multiFactorAuth.enrollFactor({ type: 'totp', issuer: 'Example', user: 'ada' });
  expect(app.totp?.secret).toMatch(/^[A-Z2-7]{32}$/);
  const phone = await multiFactorAuth.enrollFactor({ type: 'sms', phoneNumber: '+15555550100' });
  expect(phone.sms?.phoneNumber).toBe('+15555550100');
  await expect(
    multiFactorAuth.enrollFactor({ type: 'sms', phoneNumber: '' }),
  ).rejects.toMatchObject({ status: 422 });
});

test('MFA: a headless sign-in asks for the second factor, or for enrolling one', async ({
  workos,
}) => {
  const { userManagement, multiFactorAuth } = sdk(workos);
  const signIn = () =>
    userManagement.authenticateWithPassword({ email: 'ada@acme.test', password: 'password' }).then(
      () => expect.fail('signed in without a second factor'),
      (error: AuthenticationException) => error,
    );
  await workos.requireMfa();
  const enroll = await signIn();
  expect(enroll).toMatchObject({ status: 403, code: 'mfa_enrollment' });
  const { authenticationChallenge } = await multiFactorAuth.createUserAuthFactor({
    userId: 'user_ada',
    type: 'totp',
  });
  const finish = (
    error: AuthenticationException,
    authenticationChallengeId: string,
    code: string,
  ) =>
    userManagement.authenticateWithTotp({
      pendingAuthenticationToken: error.pendingAuthenticationToken!,
      authenticationChallengeId,
      code,
    });
  await expect(finish(enroll, authenticationChallenge.id, 'wrong')).rejects.toMatchObject({
    code: 'invalid_one_time_code',
  });
  const signedIn = await finish(
    enroll,
    authenticationChallenge.id,
    await workos.mfaCode('user_ada'),
  );
  expect(signedIn).toMatchObject({ organizationId: 'org_acme', authenticationMethod: 'Password' });

  await workos.requireMfa(false);
  const challenged = await signIn();
  expect(challenged).toMatchObject({ code: 'mfa_challenge' });
  const { data: factors } = await multiFactorAuth.listUserAuthFactors({ userId: 'user_ada' });
  expect(challenged.rawData).toMatchObject({
    authentication_factors: [{ id: factors[0]!.id, type: 'totp' }],
  });
  const { id } = await multiFactorAuth.challengeFactor({ authenticationFactorId: factors[0]!.id });
  const code = await workos.mfaCode('user_ada');
  expect((await finish(challenged, id, code)).user.id).toBe('user_ada');

  // A challenge to somebody else's factor proves nothing.
  const other = await multiFactorAuth.createUserAuthFactor({ userId: 'user_eve', type: 'totp' });
  const theirs = await workos.mfaCode('user_eve');
  await expect(
    finish(await signIn(), other.authenticationChallenge.id, theirs),
  ).rejects.toMatchObject({ status: 404 });
});

test('Vault: objects with versions, and an update that does not overwrite another one', async ({
  workos,
}) => {
  const { vault } = sdk(workos);
  const context = { organization_id: 'org_acme' };
  const created = await vault.createObject({ name: 'token', value: 'one', context });
  expect(created).toMatchObject({ context, updatedBy: { id: expect.any(String) } });
  await expect(vault.createObject({ name: 'token', value: 'x', context })).rejects.toMatchObject({
    status: 409,
  });
  expect(await vault.readObjectByName('token')).toMatchObject({ id: created.id, value: 'one' });
  const { id } = created;
  const updated = await vault.updateObject({ id, value: 'two', versionCheck: created.versionId! });
  await expect(
    vault.updateObject({ id, value: 'three', versionCheck: created.versionId! }),
  ).rejects.toMatchObject({ status: 409 });
  expect((await vault.readObject({ id })).value).toBe('two');
  expect((await vault.describeObject({ id })).metadata.versionId).toBe(updated.metadata.versionId);
  const versions = await vault.listObjectVersions({ id });
  expect(versions.map(({ currentVersion }) => currentVersion)).toEqual([true, false]);
  expect((await vault.listObjects({ search: 'tok' })).data).toMatchObject([{ id, name: 'token' }]);
  await vault.deleteObject({ id });
  await expect(vault.readObject({ id })).rejects.toMatchObject({ status: 404 });
});

test('Vault: what is encrypted with a data key is decrypted with it, also after a rekey', async ({
  workos,
}) => {
  const { vault } = sdk(workos);
  const context = { organization_id: 'org_acme' };
  const encrypted = await vault.encrypt('secret', context, 'about ada');
  expect(encrypted).not.toContain('secret');
  expect(await vault.decrypt(encrypted, 'about ada')).toBe('secret');
  await expect(vault.decrypt(encrypted, 'about grace')).rejects.toThrow();
  const { encryptedKeys, dataKey } = await vault.createDataKey({ context });
  const rekeyed = await vault.createRekey({ context, encryptedKeys });
  expect(await vault.decryptDataKey({ keys: rekeyed.encryptedKeys! })).toMatchObject({
    key: dataKey.key,
  });
  await expect(vault.decryptDataKey({ keys: 'forged' })).rejects.toMatchObject({ status: 400 });
});

/** A webhook endpoint that answers with the next of these statuses. */
async function receiver(statuses: number[]) {
  const received: { body: string; signature: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ body, signature: String(request.headers['workos-signature']) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks`, received, close: () => server.close() };
}

test('webhooks: an endpoint gets the events that it wants, signed, and again until it takes them', async ({
  workos,
}) => {
  const { webhooks, organizations, events } = sdk(workos);
  const target = await receiver([503, 200]);
  const endpoint = await webhooks.createWebhookEndpoint({
    endpointUrl: target.url,
    events: ['organization.created'],
  });
  await expect(
    webhooks.createWebhookEndpoint({ endpointUrl: target.url, events: ['user.created'] }),
  ).rejects.toMatchObject({ status: 409 });
  const { id } = await organizations.createOrganization({ name: 'New' });
  await organizations.deleteOrganization(id);
  await expect.poll(() => target.received.length).toBe(2);
  for (const { body, signature } of target.received) {
    const secret = endpoint.secret;
    const event = await webhooks.constructEvent({ payload: body, sigHeader: signature, secret });
    expect(event).toMatchObject({ event: 'organization.created', data: { id, name: 'New' } });
    await expect(
      webhooks.constructEvent({ payload: body, sigHeader: signature, secret: 'another' }),
    ).rejects.toThrow('does not match');
  }
  await expect.poll(() => workos.webhookDeliveries()).toMatchObject([{ attempts: [503, 200] }]);
  const listed = await events.listEvents({
    events: ['organization.created', 'organization.deleted'],
  });
  expect(listed.data.map(({ event }) => event)).toEqual([
    'organization.created',
    'organization.deleted',
  ]);
  const next = await events.listEvents({
    events: ['organization.deleted'],
    after: listed.data[0]!.id,
    limit: 1,
  });
  expect(next.data).toHaveLength(1);
  expect(next.listMetadata.after).toBeNull();
  await webhooks.updateWebhookEndpoint({ id: endpoint.id, status: 'disabled' });
  await organizations.createOrganization({ name: 'Unheard' });
  expect(await workos.webhookDeliveries()).toHaveLength(1);
  await webhooks.deleteWebhookEndpoint({ id: endpoint.id });
  target.close();
});

test('webhooks: who breaks off after the headers of the answer has taken the event', async ({
  workos,
}) => {
  // Node.js hands over the headers before it notices that; other runtimes may not.
  const broken = new ReadableStream({ start: (body) => body.error(new Error('ECONNRESET')) });
  vi.stubGlobal('fetch', async () => new Response(broken));
  onTestFinished(() => void vi.unstubAllGlobals());
  const sent = await workos.sendEvent({
    event: 'user.updated',
    data: { object: 'user', id: 'user_ada' },
    url: 'http://localhost:9/webhooks',
    secret: 'a-secret-of-the-test',
  });
  expect(sent.attempts).toEqual([200]);
});

test('webhooks: a test signs and sends an event of its own', async ({ workos }) => {
  const target = await receiver([]);
  const sent = await workos.sendEvent({
    event: 'user.updated',
    data: { object: 'user', id: 'user_ada' },
    url: target.url,
    secret: 'a-secret-of-the-test',
  });
  expect(sent.attempts).toEqual([200]);
  expect(target.received).toHaveLength(1);
  const event = await sdk(workos).webhooks.constructEvent({
    payload: sent.body,
    sigHeader: sent.signature,
    secret: 'a-secret-of-the-test',
  });
  expect(event.id).toBe(sent.id);
  target.close();
});
