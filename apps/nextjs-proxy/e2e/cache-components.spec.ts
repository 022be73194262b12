import { expect, test } from 'workos-mock/playwright';

test.use({ baseURL: 'http://localhost:3018' });

test('ask/cache-components: one person’s page never reaches another [attack/caching]', async ({
  browser,
  guard,
  page,
  person,
  signInAs,
  workos,
}) => {
  const other = await workos.createUser({ firstName: 'Otto' });
  const theirs = await browser.newContext({ baseURL: 'http://localhost:3018' });
  guard.watch(theirs);
  await signInAs(person);
  await signInAs(other, { context: theirs });
  const theirPage = await theirs.newPage();
  for (let i = 0; i < 5; i++) {
    const [mine, hers] = await Promise.all([page.goto('/'), theirPage.goto('/')]);
    const [html, otherHtml] = [(await mine?.text()) ?? '', (await hers?.text()) ?? ''];
    expect(html).toContain(person.email);
    expect(html).not.toContain(other.email);
    expect(otherHtml).toContain(other.email);
    expect(otherHtml).not.toContain(person.email);
    expect(mine?.headers()['cache-control']).toContain('no-store');
  }
  await theirs.close();
});

test('ask/cache-components: the shell is static, and what is shared is made once', async ({
  request,
}) => {
  const made = async () => {
    const html = await (await request.get('/', { headers: { accept: 'text/html' } })).text();
    expect(html).toContain('The shell');
    expect(html).toContain('Signed out');
    return /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(html)?.[0];
  };
  // Once more where it is a quarter of an hour old: who asks then gets the old one, and the next a new one.
  await expect(async () => {
    const first = await made();
    expect(first).toBeTruthy();
    expect(await made()).toBe(first);
  }).toPass({ timeout: 10_000 });
});

test('ask/cache-components: the cache of one organization is not that of another [attack/cross-tenant]', async ({
  page,
  signInAs,
  workos,
}) => {
  const [first, second] = [await workos.createOrganization(), await workos.createOrganization()];
  const user = await workos.createUser({
    memberships: [{ organization: first.id }, { organization: second.id }],
  });
  for (const { id } of [first, second, first]) {
    await signInAs(user, { organization: id });
    await page.goto('/organization');
    await expect(page.getByText(`of ${id}`)).toBeVisible();
  }
});
