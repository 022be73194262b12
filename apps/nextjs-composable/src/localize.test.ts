import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { handedOn, visit } from '../test/visit';
import { addressOf, pageAt, routing } from './locales';
import { translatorOf } from './translator';

afterEach(() => vi.restoreAllMocks());

const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };

test.for([
  ['English', {}, '/en'],
  ['German', german, '/de'],
  ['a language that the app lacks', { 'accept-language': 'fr' }, '/en'],
  ['garbage', { 'accept-language': ';;q=,*/*,\u00ff' }, '/en'],
  ['a path', { 'accept-language': '../../evil' }, '/en'],
] as const)(
  'ask/compose-i18n: who accepts %s comes from / to their language',
  async ([, headers, to]) => {
    const response = await visit('/?q=1', {}, headers);
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(`http://localhost:3000${to}?q=1`);
    expect(response.headers.getSetCookie().join()).not.toContain('wos-');
  },
);

test('ask/compose-i18n: a language chosen by hand is kept in next-intl’s cookie and counts before the browser’s', async () => {
  const chosen = await visit('/de');
  const [line = ''] = chosen.headers.getSetCookie();
  expect(line).toMatch(/^NEXT_LOCALE=de; Path=\/; SameSite=lax/i);
  const later = await visit('/', { NEXT_LOCALE: 'de' }, { 'accept-language': 'en' });
  expect(later.headers.get('location')).toBe('http://localhost:3000/de');
});

test('ask/compose-i18n: an anonymous visit to a public page leaves nothing of AuthKit in the browser', async () => {
  const response = await visit('/en');
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(response.headers.get('cache-control')).toBeNull();
  expect(handedOn(response)['x-next-intl-locale']).toBe('en');
});

test('ask/compose-i18n: a protected page sends to AuthKit and comes back in its language', async () => {
  const response = await visit('/de/konto?tab=1');
  expect(response).toRedirectToAuthKit();
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^wos-auth-verifier-\w+=/),
  ]);
});

test('ask/compose-i18n: next-intl’s rewrite carries AuthKit’s headers, on both sides', async ({
  workos,
}) => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const response = await visit('/de/konto?tab=1', ada.cookies);
  expect(response.headers.get('x-middleware-rewrite')).toBe(
    'http://localhost:3000/de/account?tab=1',
  );
  expect(response).toSetSessionCookie();
  const names = response.headers.getSetCookie().map((line) => line.split('=')[0]);
  expect(names).toEqual(['NEXT_LOCALE', 'wos-session']);
  const page = handedOn(response);
  expect(page).toMatchObject({
    'x-next-intl-locale': 'de',
    'x-workos-middleware': 'true',
    'x-url': 'http://localhost:3000/de/konto?tab=1',
  });
  expect(response.headers.getSetCookie()[1]).toContain(`=${page['x-workos-session']};`);
});

test('ask/compose-i18n: next-intl’s redirect carries a refreshed session', async ({ workos }) => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const response = await visit('/account', ada.cookies, german);
  expect(response.headers.get('location')).toBe('http://localhost:3000/de/konto');
  expect(response).toSetSessionCookie();
});

test.for([
  '/en//evil.example',
  '/en/%5Cevil.example',
  '/en/%09/evil.example',
  '/%2f%2fevil.example',
  '/\\evil.example',
  '/de/\t/evil.example',
])(
  'ask/compose-i18n: %j redirects nobody away [attack/open-redirect]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const location = (await visit(path, ada.cookies)).headers.get('location') ?? '/';
    expect(new URL(location, 'http://localhost:3000').origin).toBe('http://localhost:3000');
  },
);

test('ask/compose-i18n: every page has an address in every language, and one name for all of them', () => {
  expect(routing.locales.map((locale) => addressOf('/account', locale))).toEqual([
    '/en/account',
    '/de/konto',
  ]);
  expect(['/en', '/de/konto', '/en/konto', '/english', '/', '/en/sign-in'].map(pageAt)).toEqual([
    '/',
    '/account',
    '/en/konto',
    '/english',
    '/',
    '/en/sign-in',
  ]);
});

test('ask/compose-i18n: the words are those of the language, English for one that is not there', () => {
  expect(translatorOf({ locale: 'de' }).t('account.greeting', { name: 'Ada' })).toBe('Hallo, Ada');
  expect(translatorOf({ locale: 'constructor' })).toMatchObject({ locale: 'en' });
});
