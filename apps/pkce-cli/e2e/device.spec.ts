import { expect, test } from './cli.ts';

const LOGIN = ['login', '--device', '--storage', 'file'];
const CODE = /\b([A-Z]{4}-[A-Z]{4})\b/;
const COMPLETE = /(http\S+user_code=\S+)/;

test('node/device-flow: a code is approved in a browser elsewhere', async ({
  page,
  cli,
  person,
}) => {
  const { says, ended } = cli.start(LOGIN);
  const [code, address] = await Promise.all([says(CODE), says(COMPLETE)]);
  await page.goto(address);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(code)).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible();
  expect(await ended).toMatchObject({ code: 0 });
  const { stdout } = await cli.run(['whoami']);
  expect(stdout).toContain(person.email);
});

test('node/device-flow: the code is typed by hand, and denied', async ({
  page,
  cli,
  workosUrl,
}) => {
  const { says, ended } = cli.start(LOGIN);
  const code = await says(CODE);
  await page.goto(`${workosUrl}/authkit/device`);
  await page.getByRole('button', { name: /Ada Lovelace/ }).click();
  await page.getByLabel('Code shown on the device').fill(code.toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  const { code: exitCode, stderr } = await ended;
  expect(exitCode).toBe(5);
  expect(stderr).toContain('denied');
});
