import { describe } from 'vitest';
import { expect, test, type TestMock } from '../src/vitest.ts';

interface DeviceResponse {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

/** A public client: a form as in the vendor's document, no key. */
async function post(workos: TestMock, path: string, fields: Record<string, string>) {
  const response = await fetch(`${workos.url}/user_management/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'client_mock', ...fields }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function begin(workos: TestMock): Promise<DeviceResponse> {
  const { status, body } = await post(workos, 'authorize/device', {});
  expect(status).toBe(200);
  return body as unknown as DeviceResponse;
}

const poll = (workos: TestMock, device: DeviceResponse) =>
  post(workos, 'authenticate', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: device.device_code,
  });

/** A browser without JavaScript: follows redirects, keeps cookies, sends forms. */
function browser(workos: TestMock) {
  const cookies = new Map<string, string>();
  return async function open(path: string, form?: Record<string, string>): Promise<string> {
    let url = new URL(path, workos.url);
    let body: URLSearchParams | undefined = form && new URLSearchParams(form);
    for (;;) {
      const response: Response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        body,
        redirect: 'manual',
        headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) return response.text();
      url = new URL(location, url);
      body = undefined;
    }
  };
}

const field = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '';

async function signInAsAda(workos: TestMock, path: string) {
  const open = browser(workos);
  const signIn = await open(path);
  const request = field(signIn, 'authorization_session_id');
  const page = await open('/authkit/sign-in', {
    authorization_session_id: request,
    csrf_token: field(signIn, 'csrf_token'),
    user_id: 'user_ada',
  });
  return { open, page };
}

describe('the device flow', () => {
  test('a person signs in, compares the code and approves; the code is used up', async ({
    workos,
  }) => {
    const device = await begin(workos);
    expect(device.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(device).toMatchObject({ expires_in: 300, interval: 5 });
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'authorization_pending' } });

    const { open, page } = await signInAsAda(workos, device.verification_uri_complete);
    expect(page).toContain(device.user_code);
    expect(page).not.toContain(device.device_code);
    const token = field(page, 'token');
    const decision = { user_code: device.user_code, token, decision: 'approve' };
    expect(await open('/authkit/device', decision)).toContain('Approved');

    const { status, body } = await poll(workos, device);
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { id: 'user_ada' }, organization_id: 'org_acme' });
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  test('a person types the code, in lower case and without the dash, and denies', async ({
    workos,
  }) => {
    const device = await begin(workos);
    const { open, page } = await signInAsAda(workos, '/authkit/device');
    expect(page).toContain('Code shown on the device');
    const typed = device.user_code.toLowerCase().replace('-', '');
    expect(await open('/authkit/device?user_code=nonsense')).toContain('not valid');
    const confirm = await open(`/authkit/device?user_code=${typed}`);
    const decision = { user_code: device.user_code, token: field(confirm, 'token') };
    expect(await open('/authkit/device', { ...decision, decision: 'deny' })).toContain('Denied');
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'access_denied' } });
  });

  test('a page of another site cannot approve: the token of the page is needed', async ({
    workos,
  }) => {
    const device = await begin(workos);
    const { open } = await signInAsAda(workos, device.verification_uri_complete);
    await open('/authkit/device', { user_code: device.user_code, decision: 'approve' });
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'authorization_pending' } });
  });

  test('a device that polls too fast is slowed down, five seconds more each time', async ({
    workos,
  }) => {
    const device = await begin(workos);
    await poll(workos, device);
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'slow_down' } });
    await workos.clock.advance({ seconds: 6 });
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'slow_down' } });
    await workos.clock.advance({ seconds: 15 });
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'authorization_pending' } });
  });

  test('after five minutes the code has expired', async ({ workos }) => {
    const device = await begin(workos);
    await workos.clock.advance({ minutes: 5 });
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'expired_token' } });
    const { page } = await signInAsAda(workos, device.verification_uri_complete);
    expect(page).toContain('not valid');
  });

  test('who is deleted while the page is open is not signed in any more', async ({ workos }) => {
    const device = await begin(workos);
    const { open, page } = await signInAsAda(workos, device.verification_uri_complete);
    await workos.fetch(
      new Request(`${workos.url}/user_management/users/user_ada`, {
        method: 'DELETE',
        headers: { authorization: 'Bearer sk_test_default' },
      }),
    );
    const token = field(page, 'token');
    const decision = { user_code: device.user_code, token, decision: 'approve' };
    expect(await open('/authkit/device', decision)).toContain('Continue as');
    expect(await poll(workos, device)).toMatchObject({ body: { error: 'authorization_pending' } });
  });

  test('login_hint approves without a page, and an unknown client is refused', async ({
    workos,
  }) => {
    const device = await begin(workos);
    await fetch(`${device.verification_uri_complete}&login_hint=linus@hey.test`);
    expect(await poll(workos, device)).toMatchObject({ body: { user: { id: 'user_linus' } } });
    expect(await post(workos, 'authorize/device', { client_id: 'client_other' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    });
  });
});
