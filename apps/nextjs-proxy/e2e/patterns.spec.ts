import { expect, test } from 'workos-mock/playwright';
import { patterns } from '../src/demo';

for (const [id, { title }] of Object.entries(patterns)) {
  test(`nextjs/${id}: is two clicks from the home page, and its page works`, async ({
    page,
    person,
    signInAs,
  }) => {
    await signInAs(person);
    await page.goto('/');
    await page
      .getByRole('navigation', { name: 'Patterns' })
      .getByRole('link', { name: title, exact: true })
      .click();
    await expect(page).toHaveURL(`/${id}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(`${title} · AuthKit in Next.js`);
    await page.waitForLoadState('networkidle');
  });
}

test('nextjs/use-access-token: an API call carries a live token across an expiry', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  const { accessToken } = await signInAs(person);
  await page.clock.install();
  await page.goto('/use-access-token');
  const [, payload = ''] = accessToken.split('.');
  const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string };
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect(page.getByRole('status').first()).toContainText(
    `200 ${person.organization.id} ${jti}`,
  );
  // The laptop sleeps: for the browser the token has run out, whatever timers should have done meanwhile.
  await page.clock.fastForward('06:00');
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect(page.getByRole('status').first()).toContainText('200 ');
  await expect(page.getByRole('status').first()).not.toContainText(jti);
  const refreshes = await workos.requests({ userId: person.id, grantType: 'refresh_token' });
  expect(refreshes.length).toBeGreaterThan(0);
});

test('nextjs/use-access-token: the API takes nothing else for a token', async ({
  request,
  workos,
  person,
}) => {
  const { accessToken } = await workos.signIn({ email: person.email });
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const old = await workos.signIn({ email: person.email, tokenAge: { minutes: 6 } });
  const forged = {
    none: `${encode({ alg: 'none' })}.${payload}.`,
    hs256: `${encode({ alg: 'HS256' })}.${payload}.${signature}`,
    claims: `${header}.${encode({ ...claims, sub: 'user_ada' })}.${signature}`,
    expired: old.accessToken,
    nothing: '',
    text: 'x'.repeat(9000),
  };
  for (const token of Object.values(forged)) {
    const response = await request.get('/api/access-token', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status()).toBe(401);
  }
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await request.get('/api/access-token', { headers })).status()).toBe(200);
});

test('trap/stale-token-after-switch: the safe form refreshes, and the API sees the new organization', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id }],
  });
  await signInAs(user, { organization: first.id });
  await page.goto('/use-access-token');
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect(page.getByRole('status').first()).toContainText(`200 ${first.id}`);
  await page.getByRole('button', { name: second.name, exact: true }).click();
  await expect(page.getByRole('button', { name: second.name, exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByText('Switching…')).toBeHidden();
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect(page.getByRole('status').first()).toContainText(`200 ${second.id}`);
});

test('nextjs/use-token-claims: custom claims of the JWT template, on the client and the server', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/use-token-claims');
  await expect(page.getByRole('definition').filter({ hasText: /^team$/ })).toHaveCount(2);
  await expect(
    page.getByRole('definition').filter({ hasText: person.organization.name }),
  ).toHaveCount(2);
});

test('nextjs/impersonation: the frame is on every page, and stop ends the session', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  const impersonator = { email: 'eve@acme.test', reason: 'Support request 4711' };
  const { sessionId } = await signInAs(person, { impersonator });
  await page.goto('/impersonation');
  await expect(page.getByRole('main')).toContainText('eve@acme.test');
  await expect(page.getByRole('main')).toContainText('Support request 4711');
  await page.goto('/account');
  await expect(page.getByText('You are impersonating')).toContainText(
    `${person.email} within the ${person.organization.name}`,
  );
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page).toHaveURL('/signed-out');
  const active = (await workos.sessions({ user: person.id })).filter(
    ({ status }) => status === 'active',
  );
  expect(active.map(({ id }) => id)).not.toContain(sessionId);
});

test('nextjs/impersonation: nobody else sees a frame', async ({ page, person, signInAs }) => {
  await signInAs(person);
  await page.goto('/account');
  await expect(page.getByText('You are impersonating')).toBeHidden();
});

test('nextjs/eager-auth: the token is there at the first render, its cookie spent at once and set nowhere else', async ({
  context,
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  const setOn: string[] = [];
  page.on('response', async (response) => {
    const header = (await response.headerValue('set-cookie').catch(() => null)) ?? '';
    if (header.includes('workos-access-token=ey')) setOn.push(new URL(response.url()).pathname);
  });
  const posts: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  await page.goto('/eager-auth');
  await expect(page.getByRole('definition').filter({ hasText: /^here$/ })).toBeVisible();
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('workos-access-token');
  await page.goto('/account');
  await page.waitForLoadState('networkidle');
  expect(setOn).toEqual(['/eager-auth']);
  expect(posts).toEqual([]);
  const prefetch = await page.request.get('/eager-auth', {
    headers: { accept: 'text/html', purpose: 'prefetch' },
  });
  const api = await page.request.get('/eager-auth', { headers: { accept: 'application/json' } });
  for (const response of [prefetch, api])
    expect(response.headers()['set-cookie'] ?? '').not.toContain('workos-access-token');
});

test('nextjs/proxy-auth: who comes signed out to a page for new people sees the form for them', async ({
  page,
}) => {
  await page.goto('/create-organization-on-sign-up');
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-up/);
});

test('nextjs/custom-state: where the sign-in started is known at its end', async ({
  page,
  person,
}) => {
  await page.goto('/custom-state/sign-in?plan=team&referrer=pricing');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/custom-state');
  await expect(page.getByRole('main')).toContainText('team');
  await expect(page.getByRole('main')).toContainText('pricing');
});

test('nextjs/create-organization-on-sign-up: a new person signs up into an organization of their own', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/create-organization-on-sign-up');
  const name = `Initech ${Date.now()}`;
  await page.getByLabel('Name of the organization').fill(name);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByLabel('E-mail address').fill(`peter+${Date.now()}@example.test`);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByLabel('Code').fill((await page.locator('strong code').innerText()).trim());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL('/create-organization-on-sign-up');
  await expect(page.getByRole('main')).toContainText(name);
  await expect(page.getByText('· admin')).toBeVisible();
});

test('nextjs/save-session: password and code without the hosted page', async ({
  page,
  person,
  context,
  workosUrl,
}) => {
  await page.goto('/save-session');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('E-mail address or password is wrong.');
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText(person.email);
  const session = (await context.cookies()).find(({ name }) => name === 'wos-session');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

  await context.clearCookies();
  await page.goto('/save-session');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  await expect(page.getByLabel('Code')).toBeFocused();
  const mails = await context.newPage();
  await mails.goto(workosUrl);
  const mail = mails
    .getByRole('row')
    .filter({ hasText: person.email })
    .filter({ hasText: 'magic auth' });
  await page.getByLabel('Code').fill((await mail.locator('code').innerText()).trim());
  await page.getByLabel('Code').press('Enter');
  await expect(page).toHaveURL('/account');
});

test('nextjs/refresh-session: moves the session, and says when it cannot', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [
      { organization: first.id, role: 'member' },
      { organization: second.id, role: 'admin' },
    ],
  });
  await signInAs(user, { organization: first.id });
  await page.goto('/refresh-session');
  await page.getByRole('button', { name: second.name, exact: true }).click();
  await expect(page.getByRole('definition').filter({ hasText: second.id })).toBeVisible();
  // Client components know it too, without a new page (nextjs/provider-initial-auth).
  await expect(page.getByText('Signed in as')).toContainText('admin');
  await page.getByRole('button', { name: 'Somebody else’s' }).click();
  await expect(page.getByText('You are not a member of that organization.')).toBeVisible();
});

test('nextjs/own-organization-picker: picked, and marked the next time', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id }],
  });
  await signInAs(user, { organization: first.id });
  await page.goto('/own-organization-picker');
  await page.getByRole('button', { name: second.name, exact: true }).click();
  const picked = page.getByRole('button', { name: `${second.name} (last time)` });
  await expect(picked).toHaveAttribute('aria-pressed', 'true');
  await signInAs(user, { organization: first.id });
  await page.reload();
  await expect(picked).toHaveAttribute('aria-pressed', 'false');
  // Somebody else on this browser is offered no organization of the first one's.
  await signInAs(await workos.createUser({ memberships: [{ organization: first.id }] }));
  await page.reload();
  await expect(page.getByRole('button', { name: first.name, exact: true })).toBeVisible();
  await expect(page.getByText('(last time)')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'sign in straight to it' })).toHaveCount(0);
});

test('nextjs/own-organization-picker: an organization with a sign-in of its own is entered by the hosted page', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id }],
  });
  await signInAs(user, { organization: first.id });
  await page.goto('/own-organization-picker');
  await workos.failNext(
    'POST /user_management/authenticate',
    { status: 400, body: { error: 'sso_required' } },
    { user: user.id },
  );
  await page.getByRole('button', { name: second.name, exact: true }).click();
  await expect(page).toHaveURL(/localhost:4110\/authkit\/sign-in/);
});

test('nextjs/get-workos: an admin invites somebody', async ({ page, person, signInAs }) => {
  await signInAs(person);
  await page.goto('/get-workos');
  const email = `guest+${Date.now()}@example.test`;
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('status')).toHaveText(`Invited ${email}.`);
});

test('nextjs/recent-auth: fresh from signing in, it is done', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/recent-auth');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('status')).toContainText('Everything is gone.');
});

test('nextjs/recent-auth: who signed in long ago proves who they are, comes back, and it is done', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person, { signedInAgo: { hours: 1 } });
  await page.goto('/recent-auth');
  const button = page.getByRole('button', { name: 'Delete everything' });
  await button.click();
  const confirm = page.getByRole('link', { name: 'Confirm that it is you' });
  await confirm.click();
  // A tests' mock takes the `login_hint` for the person's answer.
  await expect(confirm).toBeHidden();
  await expect(page).toHaveURL('/recent-auth');
  await button.click();
  await expect(page.getByRole('status')).toContainText('Everything is gone.');
});

test('nextjs/validate-api-key: from a program', async ({ request }) => {
  const headers = { authorization: 'Bearer sk_acme_production' };
  const valid = await request.get('/api/validate-api-key', { headers });
  expect(await valid.json()).toEqual({ organizationId: 'org_acme', permissions: ['posts:read'] });
  expect((await request.get('/api/validate-api-key')).status()).toBe(401);
});

test('nextjs/feature-flags: both ways on one page', async ({ page, signInAs }) => {
  await signInAs({ email: 'ada@acme.test' });
  await page.goto('/feature-flags');
  await expect(page.getByRole('row').filter({ hasText: 'beta-dashboard' })).toContainText('onon');
  await expect(page.getByRole('row').filter({ hasText: 'dark-launch' })).toContainText('offoff');
});
