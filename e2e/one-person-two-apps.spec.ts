import { expect, test } from 'workos-mock/playwright';
import { NEXT, SPA } from './addresses.ts';

test('ask/person-switch: signing out of one app leaves another person’s session in the other alone', async ({
  page,
  person,
  signInAs,
  workos,
}) => {
  const other = await workos.createUser({ firstName: 'Other' });
  await signInAs(person);
  await page.goto(`${SPA}/login?returnTo=/account&login_hint=${encodeURIComponent(other.email)}`);
  await expect(page.getByText(other.email).first()).toBeVisible();

  await page.goto(`${NEXT}/account`);
  await expect(page.getByText(person.email).first()).toBeVisible();
  await page.goto(`${SPA}/logout`);
  await page.goto(`${NEXT}/account`);
  await expect(page.getByText(person.email).first()).toBeVisible();
});

test('ask/how-to-test: one sealed cookie is a signed-in browser', async ({
  page,
  person,
  signInAs,
}) => {
  await signInAs(person);
  await page.goto('/account?tab=2');
  await expect(page).toHaveURL(`${NEXT}/account?tab=2`);
  await expect(page.getByText(person.email).first()).toBeVisible();
});
