import { NextRequest } from 'next/server';
import { vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { cookieHeader, ORIGIN, visit } from '../../../test/visit';
import { GET } from './route';

/** Begins a sign-in as a browser does, and gives what the browser holds then. */
async function begin() {
  const response = await visit('/de/konto?tab=1');
  const state = new URL(response.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { state, cookie };
}

/** Comes back from AuthKit after “Cancel”, and tells which page the person sees. */
async function cancel(state: string, cookie: string) {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const query = new URLSearchParams({ error: 'access_denied', state });
  const headers = { cookie, host: 'localhost:3000' };
  const response = await GET(new NextRequest(`${ORIGIN}/callback?${query}`, { headers }));
  log.mockRestore();
  return response.headers.get('location');
}

test('ask/deep-link: who cancels and tries again still comes to the page', async () => {
  const { state, cookie } = await begin();
  expect(await cancel(state, cookie)).toBe(
    `${ORIGIN}/sign-in-failed?reason=access_denied&returnTo=${encodeURIComponent('/de/konto?tab=1')}`,
  );
});

test('ask/deep-link: a state that this browser did not bring along leads nowhere [attack/open-redirect]', async () => {
  const [mine, theirs] = [await begin(), await begin()];
  const notASeal = cookieHeader({ 'wos-auth-verifier': 'not-a-seal' });
  for (const [state, cookie] of [
    [theirs.state, ''],
    [theirs.state, mine.cookie],
    ['not-a-seal', notASeal],
  ] as const) {
    expect(await cancel(state, cookie)).toBe(`${ORIGIN}/sign-in-failed?reason=access_denied`);
  }
});
