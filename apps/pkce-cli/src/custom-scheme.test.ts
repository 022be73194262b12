import { createWorkosMock, defaultSeed } from 'workos-mock';
import { listen } from 'workos-mock/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDeepLinkSignIn, readDeepLink } from './custom-scheme.ts';
import { createPublicClient } from './public-client.ts';

const redirectUri = 'myapp://callback';

async function setUp() {
  const mock = createWorkosMock({ seed: { ...defaultSeed, redirectUris: [redirectUri] } });
  const { port, close } = await listen(mock.fetch);
  onTestFinished(close);
  const workos = createPublicClient({
    clientId: 'client_mock',
    apiHostname: 'localhost',
    port,
    https: false,
  });
  const deepLinks = createDeepLinkSignIn(workos, redirectUri);
  /** What the browser does: WorkOS sends it to the custom scheme, the operating system hands the link over. */
  const browse = async (url: string) =>
    (await fetch(url, { redirect: 'manual' })).headers.get('location')!;
  return { mock, deepLinks, browse };
}

test('node/custom-scheme: the link of the sign-in that waits becomes a session, once', async () => {
  const { deepLinks, browse } = await setUp();
  const link = await browse(await deepLinks.begin({ loginHint: 'ada@acme.test' }));
  expect(link).toMatch(/^myapp:\/\/callback\?code=/);
  expect((await deepLinks.finish(link))?.user.id).toBe('user_ada');
  expect(await deepLinks.finish(link)).toBeNull();
});

test('node/custom-scheme: links nobody asked for are ignored, and the sign-in still waits [attack/login-csrf]', async () => {
  const { mock, deepLinks, browse } = await setUp();
  expect(await deepLinks.finish('myapp://callback?code=evil&state=evil')).toBeNull();
  const url = await deepLinks.begin({ loginHint: 'ada@acme.test' });
  await mock.clearRequests();
  expect(await deepLinks.finish('myapp://callback?code=evil&state=evil')).toBeNull();
  expect(await deepLinks.finish('myapp://callback?code=evil')).toBeNull();
  expect(await deepLinks.finish('myapp://settings')).toBeNull();
  expect(await mock.requests()).toEqual([]);
  expect(await deepLinks.finish(await browse(url))).not.toBeNull();
});

test('node/custom-scheme: a cancelled sign-in says so', async () => {
  const { deepLinks } = await setUp();
  const state = new URL(await deepLinks.begin()).searchParams.get('state');
  await expect(
    deepLinks.finish(`${redirectUri}?error=access_denied&state=${state}`),
  ).rejects.toMatchObject({ failure: 'refused' });
});

describe('node/custom-scheme: what counts as the redirect', () => {
  const expected = new URL(redirectUri);
  test.each([
    'myapp://callback?code=a',
    'myapp://callback/?code=a',
    'MYAPP://callback?code=a',
    'myapp://callback?code=a#fragment',
  ])('%s does', (link) => {
    expect(readDeepLink(link, expected)?.get('code')).toBe('a');
  });
  test.each([
    'myapp2://callback?code=a',
    'https://callback/?code=a',
    'myapp://callback.evil.example?code=a',
    'myapp://evil@callback?code=a',
    'myapp://callback:80?code=a',
    'myapp://callback/other?code=a',
    'myapp:callback?code=a',
    'myapp:/callback?code=a',
    'not a link',
    '',
    `myapp://callback?code=${'a'.repeat(5000)}`,
  ])('%s does not', (link) => {
    expect(readDeepLink(link, expected)).toBeNull();
  });
});
