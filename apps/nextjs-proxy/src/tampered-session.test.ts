import { vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { visit } from '../test/visit';

test('nextjs/with-auth: a seal that was cut, changed or mixed with another one is no session [attack/cookie]', async ({
  workos,
}) => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const seal = async (email: string) =>
    (await workos.signIn({ email })).cookies['wos-session'] ?? '';
  const [ada, grace] = [await seal('ada@acme.test'), await seal('grace@acme.test')];
  const parts = ada.split('*');
  const bad = {
    'cut off': ada.slice(0, 600),
    'a changed character': ada.replace(/.(?=.{40}$)/, (c) => (c === 'A' ? 'B' : 'A')),
    'a bad expiry': parts.with(5, 'soon').join('*'),
    'a later expiry': parts.with(5, '9999999999999').join('*'),
    'a bad iv': parts.with(3, '!').join('*'),
    'the content of another person’s': parts.with(4, grace.split('*')[4] ?? '').join('*'),
  };
  expect(await visit('/account', { 'wos-session': ada })).not.toRedirectToAuthKit();
  for (const [what, value] of Object.entries(bad)) {
    expect(value, what).not.toBe(ada);
    const response = await visit('/account', { 'wos-session': value });
    expect(response, what).toRedirectToAuthKit();
    expect(response.headers.getSetCookie().join(), what).toMatch(/wos-session=;.*Max-Age=0/i);
  }
  warn.mockRestore();
});
