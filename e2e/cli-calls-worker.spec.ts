import { expect, test } from 'workos-mock/playwright';
import { MOCK_PORT, WORKER } from './addresses.ts';
import { mockAt } from './built-apps.ts';
import { commandLine } from './command-line.ts';

test('node/public-refresh: the command signs in through a browser and calls the API', async ({
  page,
  person,
}) => {
  const cli = await commandLine(mockAt(MOCK_PORT), { WORKER_URL: WORKER });
  try {
    const login = cli.run('login', '--no-browser');
    await page.goto(await login.address);
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading')).toBeVisible();
    await login.ended;

    expect(await cli.run('api', '/api/me').ended).toContain(person.organization.id);
    expect(await cli.run('org', 'list').ended).toContain(person.organization.name);
  } finally {
    await cli.remove();
  }
});
