import { env } from 'cloudflare:workers';
import { Browser } from '../test/browser';
import { expect, ORIGIN, test } from '../test/workos';
import { workosFor } from './workos';

const own = (body: object) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { accept: 'application/json', 'content-type': 'application/json', origin: ORIGIN },
});
const me = { headers: { accept: 'application/json' } };

/** The code as the person reads it in their e-mail. */
async function latestCode(email: string): Promise<string> {
  const { userManagement } = await workosFor(env);
  return (await userManagement.createMagicAuth({ email })).code;
}

test('node/magic-auth: the code from an e-mail signs in, once', async ({ worker }) => {
  const browser = new Browser(worker);
  const sent = await browser.request('/magic-auth', own({ email: 'ada@acme.test' }));
  expect(sent.status).toBe(202);
  expect(await sent.text()).toBe('');
  const code = await latestCode('ada@acme.test');
  const body = own({ email: 'ada@acme.test', code });
  expect((await browser.request('/magic-auth/verify', body)).status).toBe(204);
  expect(await (await browser.request('/me', me)).json()).toMatchObject({
    user: { id: 'user_ada' },
  });
  expect((await new Browser(worker).request('/magic-auth/verify', body)).status).toBe(400);
});

test('node/magic-auth: wrong, used and expired codes are told apart by nobody', async ({
  worker,
  workos,
}) => {
  const answers = new Set<string>();
  const verify = async (code: string) => {
    const browser = new Browser(worker);
    const response = await browser.request(
      '/magic-auth/verify',
      own({ email: 'ada@acme.test', code }),
    );
    expect(response.status).toBe(400);
    expect(browser.cookies.size).toBe(0);
    answers.add(await response.text());
  };
  const code = await latestCode('ada@acme.test');
  await verify(code === '000000' ? '111111' : '000000');
  await workos.clock.advance({ minutes: 11 });
  await verify(code);
  await verify('000000');
  expect(answers.size).toBe(1);
});

test('node/magic-auth: a body without the fields, and another site’s form, are refused', async ({
  worker,
}) => {
  for (const body of [{}, { email: '' }, { email: 7 }, { email: 'x'.repeat(10_001) }]) {
    expect((await worker('/magic-auth', own(body))).status).toBe(422);
  }
  const foreign = await worker('/magic-auth', {
    method: 'POST',
    body: '{"email":"ada@acme.test"}',
    headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
  });
  expect(foreign.status).toBe(403);
});

test('node/mfa: a sign-in with Magic Auth goes on with the second factor', async ({
  worker,
  workos,
}) => {
  const { multiFactorAuth } = await workosFor(env);
  await multiFactorAuth.createUserAuthFactor({ userId: 'user_ada', type: 'totp' });
  const browser = new Browser(worker);
  const body = own({ email: 'ada@acme.test', code: await latestCode('ada@acme.test') });
  const stopped = await browser.request('/magic-auth/verify', body);
  expect(stopped.status).toBe(403);
  expect(await stopped.json()).toMatchObject({ error: 'mfa_challenge' });
  expect((await browser.request('/me', me)).status).toBe(401);
  const code = await workos.mfaCode('user_ada');
  const wrong = code === '000000' ? '111111' : '000000';
  expect((await browser.request('/mfa/sign-in', own({ code: wrong }))).status).toBe(400);
  expect((await new Browser(worker).request('/mfa/sign-in', own({ code }))).status).toBe(400);
  expect((await browser.request('/mfa/sign-in', own({ code }))).status).toBe(204);
  expect([...browser.cookies.keys()]).toEqual(['wos-session']);
  expect(await (await browser.request('/me', me)).json()).toMatchObject({
    user: { id: 'user_ada' },
  });
});
