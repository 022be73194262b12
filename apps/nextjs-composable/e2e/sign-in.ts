import type { Page } from '@playwright/test';

/** Fills in the hosted sign-in page, as a person does. */
export async function fillSignIn(page: Page, who: { email: string; password: string }) {
  await page.getByLabel('E-mail address').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
