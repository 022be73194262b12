import assert from 'node:assert/strict';
import { type User, WorkOS } from '@workos-inc/node';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

/** A WorkOS API to talk to, wherever it is: the settings that an app has for it, and nothing else. */
export interface Backend {
  url: URL;
  clientId: string;
  apiKey: string;
  redirectUri: string;
  /** Whether `login_hint` is answered with a code at once; a real environment shows its page to a person. */
  signsInByHint: boolean;
}

/** A backend under test, by way of the real SDK, and what each journey makes for itself there. */
interface Ground extends Backend {
  workos: WorkOS;
  /** Somebody new, with the password `PASSWORD` and a verified address. */
  newPerson(): Promise<User>;
  newOrganization(): Promise<{ id: string; name: string }>;
}

/** What an app may expect of WorkOS; it throws where a backend does otherwise. */
export interface Journey {
  name: string;
  /** Starts at the hosted page. */
  needsHint?: boolean;
  run(ground: Ground): Promise<void>;
}

/** Of everybody that a journey makes. */
export const PASSWORD = 'Correct-horse-battery-9';
const unique = () => crypto.randomUUID().slice(0, 8);

/** Makes the ground that journeys walk on; `clear` removes what they made. */
export function prepare(backend: Backend) {
  const { url, clientId, apiKey } = backend;
  const workos = new WorkOS(apiKey, {
    clientId,
    apiHostname: url.hostname,
    https: url.protocol === 'https:',
    ...(url.port && { port: Number(url.port) }),
    maxRetries: 0,
  });
  const leftovers: (() => Promise<unknown>)[] = [];
  const ground: Ground = {
    ...backend,
    workos,
    async newPerson() {
      const user = await workos.userManagement.createUser({
        email: `journey-${unique()}@example.com`,
        password: PASSWORD,
        firstName: 'Journey',
        emailVerified: true,
      });
      leftovers.push(() => workos.userManagement.deleteUser(user.id));
      return user;
    },
    async newOrganization() {
      const organization = await workos.organizations.createOrganization({
        name: `Journey ${unique()}`,
      });
      leftovers.push(() => workos.organizations.deleteOrganization(organization.id));
      return organization;
    },
  };
  const clear = async () => void (await Promise.allSettled(leftovers.map((remove) => remove())));
  return { ground, clear };
}

const signIn = async ({ workos, clientId }: Ground, { email }: User) =>
  workos.userManagement.authenticateWithPassword({ clientId, email, password: PASSWORD });

const refresh = ({ workos, clientId }: Ground, refreshToken: string, organizationId?: string) =>
  workos.userManagement.authenticateWithRefreshToken({ clientId, refreshToken, organizationId });

/** From the authorize endpoint to a code, as a browser would be sent. */
async function authorize({ workos, clientId, redirectUri }: Ground, { email }: User) {
  const { url, codeVerifier, state } = await workos.userManagement.getAuthorizationUrlWithPKCE({
    provider: 'authkit',
    clientId,
    redirectUri,
    loginHint: email,
  });
  const response = await fetch(url, { redirect: 'manual' });
  const location = new URL(response.headers.get('location') ?? 'about:blank');
  assert.equal(location.searchParams.get('state'), state, 'the state comes back');
  const code = location.searchParams.get('code');
  assert.ok(code, `a code comes back; got ${response.status} to ${location}`);
  return { code, codeVerifier, url: new URL(url) };
}

/** Fails unless the promise is rejected with those fields of the SDK's exception. */
async function refused(promise: Promise<unknown>, fields: Record<string, unknown>): Promise<void> {
  const error = await promise.then(
    () => assert.fail(`accepted; expected ${JSON.stringify(fields)}`),
    (reason: unknown) => reason as Record<string, unknown>,
  );
  const got = Object.fromEntries(Object.keys(fields).map((key) => [key, error[key]]));
  assert.deepEqual(got, fields);
}

/** What an app expects of WorkOS, from sign-in to lists and errors. A new expectation is one entry. */
export const journeys: Journey[] = [
  {
    name: 'authorize → code → tokens, with PKCE',
    needsHint: true,
    async run(ground) {
      const person = await ground.newPerson();
      const { code, codeVerifier } = await authorize(ground, person);
      const { user } = await ground.workos.userManagement.authenticateWithCode({
        clientId: ground.clientId,
        code,
        codeVerifier,
      });
      assert.equal(user.id, person.id);
    },
  },
  {
    name: 'a code is good once',
    needsHint: true,
    async run(ground) {
      const { code, codeVerifier } = await authorize(ground, await ground.newPerson());
      const exchange = () =>
        ground.workos.userManagement.authenticateWithCode({
          clientId: ground.clientId,
          code,
          codeVerifier,
        });
      await exchange();
      await refused(exchange(), { error: 'invalid_grant' });
    },
  },
  {
    name: 'a code with another verifier is refused',
    needsHint: true,
    async run(ground) {
      const { code } = await authorize(ground, await ground.newPerson());
      const exchange = ground.workos.userManagement.authenticateWithCode({
        clientId: ground.clientId,
        code,
        codeVerifier: 'another-verifier-another-verifier-another-verifier',
      });
      await refused(exchange, { error: 'invalid_grant' });
    },
  },
  ...(
    [
      ['an address off the redirect list', 'redirect_uri', 'https://evil.example/callback'],
      ['an unknown client', 'client_id', 'client_unknown'],
    ] as const
  ).map(([what, parameter, value]): Journey => ({
    name: `${what} is not sent a code`,
    async run(ground) {
      const { workos, clientId, redirectUri } = ground;
      const { url } = await workos.userManagement.getAuthorizationUrlWithPKCE({
        provider: 'authkit',
        clientId,
        redirectUri,
        loginHint: (await ground.newPerson()).email,
      });
      const changed = new URL(url);
      changed.searchParams.set(parameter, value);
      const response = await fetch(changed, { redirect: 'manual' });
      const location = response.headers.get('location') ?? '';
      assert.ok(!location.includes('code='), `sent a code to ${location}`);
    },
  })),
  {
    name: 'the access token is verified by the JWKS: RS256, issuer of the client, no aud',
    async run(ground) {
      const { accessToken } = await signIn(ground, await ground.newPerson());
      const keys = createRemoteJWKSet(
        new URL(ground.workos.userManagement.getJwksUrl(ground.clientId)),
      );
      const { payload } = await jwtVerify(accessToken, keys, { algorithms: ['RS256'] });
      assert.ok(
        payload.iss?.endsWith(`/user_management/${ground.clientId}`),
        `the issuer is ${payload.iss}`,
      );
      assert.equal(payload.aud, undefined, 'aud');
    },
  },
  {
    name: 'the access token lives minutes, not an hour',
    async run(ground) {
      const { accessToken } = await signIn(ground, await ground.newPerson());
      const { exp = 0, iat = 0 } = decodeJwt(accessToken);
      assert.ok(exp - iat <= 900, `it lives ${exp - iat} seconds`);
    },
  },
  {
    name: 'an answer has no sealed session that nobody asked for',
    async run(ground) {
      const person = await ground.newPerson();
      const response = await fetch(new URL('/user_management/authenticate', ground.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: ground.clientId,
          client_secret: ground.apiKey,
          grant_type: 'password',
          email: person.email,
          password: PASSWORD,
        }),
      });
      const answer = (await response.json()) as object;
      assert.ok('access_token' in answer, `no access token: ${JSON.stringify(answer)}`);
      assert.ok(!('sealed_session' in answer), 'it has sealed_session');
    },
  },
  {
    name: 'a wrong password is refused: invalid_credentials',
    async run(ground) {
      const { email } = await ground.newPerson();
      const attempt = ground.workos.userManagement.authenticateWithPassword({
        clientId: ground.clientId,
        email,
        password: 'wrong',
      });
      await refused(attempt, { code: 'invalid_credentials' });
    },
  },
  {
    name: 'a refresh rotates the token and keeps the session',
    async run(ground) {
      const first = await signIn(ground, await ground.newPerson());
      const second = await refresh(ground, first.refreshToken);
      assert.notEqual(second.refreshToken, first.refreshToken, 'the refresh token');
      assert.equal(decodeJwt(second.accessToken).sid, decodeJwt(first.accessToken).sid, 'sid');
    },
  },
  {
    name: 'eight refreshes of one token at once are all answered, within the grace period',
    async run(ground) {
      const { refreshToken } = await signIn(ground, await ground.newPerson());
      const answers = await Promise.allSettled(
        Array.from({ length: 8 }, () => refresh(ground, refreshToken)),
      );
      const lost = answers.filter(({ status }) => status === 'rejected').length;
      assert.equal(lost, 0, `${lost} of 8 were refused`);
    },
  },
  {
    name: 'an unknown refresh token is refused: invalid_grant',
    run: (ground) => refused(refresh(ground, 'unknown'), { error: 'invalid_grant' }),
  },
  {
    name: 'a refresh into an organization of others is refused',
    async run(ground) {
      const { refreshToken } = await signIn(ground, await ground.newPerson());
      const { id } = await ground.newOrganization();
      await refused(refresh(ground, refreshToken, id), { status: 400 });
    },
  },
  {
    name: 'one organization is chosen by itself, and its role is in the token',
    async run(ground) {
      const person = await ground.newPerson();
      const { id: organizationId } = await ground.newOrganization();
      await ground.workos.userManagement.createOrganizationMembership({
        userId: person.id,
        organizationId,
        roleSlug: 'member',
      });
      const { accessToken } = await signIn(ground, person);
      const { org_id, role } = decodeJwt(accessToken);
      assert.deepEqual({ org_id, role }, { org_id: organizationId, role: 'member' });
    },
  },
  {
    name: 'several organizations are asked for, and chosen by the pending token',
    async run(ground) {
      const { workos, clientId } = ground;
      const person = await ground.newPerson();
      const ids = [await ground.newOrganization(), await ground.newOrganization()].map((o) => o.id);
      for (const organizationId of ids) {
        await workos.userManagement.createOrganizationMembership({
          userId: person.id,
          organizationId,
        });
      }
      const error = await signIn(ground, person).then(
        () => assert.fail('nobody asked which organization'),
        (reason: unknown) => reason as { code: string; rawData: Record<string, string> },
      );
      assert.equal(error.code, 'organization_selection_required');
      const { organizationId } = await workos.userManagement.authenticateWithOrganizationSelection({
        clientId,
        organizationId: ids[1]!,
        pendingAuthenticationToken: error.rawData.pending_authentication_token!,
      });
      assert.equal(organizationId, ids[1]);
    },
  },
  {
    name: 'a revoked session does not go on',
    async run(ground) {
      const { accessToken, refreshToken } = await signIn(ground, await ground.newPerson());
      const sessionId = String(decodeJwt(accessToken).sid);
      await ground.workos.userManagement.revokeSession({ sessionId });
      await refused(refresh(ground, refreshToken), { error: 'invalid_grant' });
    },
  },
  {
    name: 'sign-out ends the session and leads the browser away',
    async run(ground) {
      const { accessToken, refreshToken } = await signIn(ground, await ground.newPerson());
      const sessionId = String(decodeJwt(accessToken).sid);
      const url = ground.workos.userManagement.getLogoutUrl({ sessionId });
      const { status } = await fetch(url, { redirect: 'manual' });
      assert.ok(status >= 300 && status < 400, `answered ${status}`);
      await refused(refresh(ground, refreshToken), { error: 'invalid_grant' });
    },
  },
  {
    name: 'a Magic Auth code signs in, once',
    async run(ground) {
      const { workos, clientId } = ground;
      const { email } = await ground.newPerson();
      const { code } = await workos.userManagement.createMagicAuth({ email });
      const authenticate = () =>
        workos.userManagement.authenticateWithMagicAuth({ clientId, email, code });
      assert.equal((await authenticate()).user.email, email);
      await assert.rejects(authenticate(), 'the code was good twice');
    },
  },
  {
    name: 'a password reset sets the new password',
    async run(ground) {
      const { workos, clientId } = ground;
      const { email } = await ground.newPerson();
      const { passwordResetToken } = await workos.userManagement.createPasswordReset({ email });
      const password = `${PASSWORD}-new`;
      await workos.userManagement.resetPassword({
        token: passwordResetToken,
        newPassword: password,
      });
      await workos.userManagement.authenticateWithPassword({ clientId, email, password });
    },
  },
  {
    name: 'lists page both ways, newest first',
    async run(ground) {
      const { userManagement } = ground.workos;
      const people = [];
      for (let i = 0; i < 3; i++) people.push(await ground.newPerson());
      const ids = people.map(({ id }) => id).toReversed();
      const first = await userManagement.listUsers({ limit: 2 });
      assert.deepEqual(
        first.data.map(({ id }) => id),
        ids.slice(0, 2),
      );
      const next = await userManagement.listUsers({ limit: 2, after: first.listMetadata.after });
      assert.equal(next.data[0]?.id, ids[2]);
      const back = await userManagement.listUsers({ limit: 2, before: next.data[0]?.id });
      assert.deepEqual(
        back.data.map(({ id }) => id),
        ids.slice(0, 2),
      );
    },
  },
  {
    name: 'a person is found by e-mail, in any case',
    async run(ground) {
      const person = await ground.newPerson();
      const email = person.email.toUpperCase();
      const { data } = await ground.workos.userManagement.listUsers({ email });
      assert.equal(data[0]?.id, person.id);
    },
  },
  {
    name: 'an unknown id is a 404 with a request id',
    async run({ workos }) {
      const answer = workos.userManagement.getUser('user_01ARZ3NDEKTSV4RRFFQ69G5FAV');
      await refused(answer, { status: 404, name: 'NotFoundException' });
      const requestId = await answer.catch((error: { requestID?: string }) => error.requestID);
      assert.ok(requestId, 'no request id');
    },
  },
  {
    name: 'an address that is none is refused',
    async run({ workos }) {
      const answer = workos.userManagement.createUser({ email: 'no address' });
      const { status } = await answer.then(
        () => assert.fail('accepted'),
        (error: { status: number }) => error,
      );
      assert.ok(status === 400 || status === 422, `answered ${status}`);
    },
  },
  {
    name: 'a wrong API key is a 401',
    async run(ground) {
      const url = new URL('/user_management/users', ground.url);
      const { status } = await fetch(url, { headers: { authorization: 'Bearer sk_wrong' } });
      assert.equal(status, 401);
    },
  },
  {
    name: 'what happened is in the list of events',
    async run(ground) {
      const { id } = await ground.newPerson();
      const { data } = await ground.workos.events.listEvents({
        events: ['user.created'],
        order: 'desc',
        limit: 100,
      });
      assert.ok(
        data.some((event) => 'id' in event.data && event.data.id === id),
        'no user.created',
      );
    },
  },
  {
    name: 'a single-page app’s preflight is answered for its own origin, with credentials',
    async run(ground) {
      const origin = new URL(ground.redirectUri).origin;
      const { headers } = await fetch(new URL('/user_management/authenticate', ground.url), {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      const allowed = headers.get('access-control-allow-origin');
      assert.equal(allowed, origin, `it allows ${allowed}`);
      assert.equal(headers.get('access-control-allow-credentials'), 'true');
    },
  },
];
