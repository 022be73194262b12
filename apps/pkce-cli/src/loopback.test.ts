import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { openLoopback } from './loopback.ts';

const never = new AbortController().signal;

async function open() {
  const loopback = await openLoopback();
  onTestFinished(() => loopback.close());
  return loopback;
}

/** A request with headers that fetch does not let one set. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; location: string | undefined; body: string }>(
    (resolve, reject) => {
      httpRequest(url, { headers, method }, async (response) => {
        const body = (await response.toArray()).join('');
        const { location } = response.headers;
        resolve({ status: response.statusCode ?? 0, location, body });
      })
        .once('error', reject)
        .end();
    },
  );
}

test('node/pkce-automatic: the redirect with the right state ends the wait, and is answered', async () => {
  const { redirectUri, begin, wait } = await open();
  begin('https://api.workos.com/', 'right');
  const waiting = wait(never);
  const page = get(`${redirectUri}?code=abc&state=right`);
  const { params, answer } = await waiting;
  expect(params.get('code')).toBe('abc');
  await answer({ title: 'Done <b>', text: 'Go back.' });
  expect(await page).toMatchObject({ status: 200, body: expect.stringContaining('Done &lt;b>') });
  // One answer: the same redirect again is refused.
  expect(await get(`${redirectUri}?code=abc&state=right`)).toMatchObject({ status: 400 });
});

test('node/pkce-automatic: every other request is refused, and the wait goes on [attack/loopback]', async () => {
  const { redirectUri, begin, wait } = await open();
  begin('https://api.workos.com/', 'right');
  const waiting = wait(never);
  const { host } = new URL(redirectUri);
  expect(await get(`${redirectUri}?code=evil&state=wrong`)).toMatchObject({ status: 400 });
  expect(await get(`${redirectUri}?code=evil`)).toMatchObject({ status: 400 });
  expect(await get(`${redirectUri}?error=access_denied`)).toMatchObject({ status: 400 });
  expect(await get(`http://${host}/favicon.ico`)).toMatchObject({ status: 404 });
  expect(await get(`http://${host}/callback/?state=right&code=x`)).toMatchObject({ status: 404 });
  // No address at all, which a web page can ask for too: an error in here would end the sign-in.
  expect(await get(`http://${host}//`)).toMatchObject({ status: 400 });
  expect(await get(`${redirectUri}?code=evil&state=right`, {}, 'POST')).toMatchObject({
    status: 400,
  });
  const rebound = { host: 'evil.example' };
  expect(await get(`${redirectUri}?code=evil&state=right`, rebound)).toMatchObject({ status: 400 });

  const page = get(`${redirectUri}?code=good&state=right`);
  const { params, answer } = await waiting;
  expect(params.get('code')).toBe('good');
  await answer({ title: 'Done', text: '' });
  await page;
});

test('node/pkce-automatic: it listens on 127.0.0.1 alone [attack/loopback]', async () => {
  const { redirectUri } = await open();
  const { port } = new URL(redirectUri);
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .map(({ address }) => address);
  for (const address of [...others, '::1', '127.0.0.2']) {
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: address, port: Number(port) });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      onTestFinished(() => {
        socket.destroy();
      });
    });
    expect({ address, reached }).toEqual({ address, reached: false });
  }
});

test('node/pkce-automatic: the address to open leads on once, and only a person there [attack/loopback]', async () => {
  const { begin } = await open();
  const address = begin('https://api.workos.com/user_management/authorize?state=secret', 'secret');
  expect(address).not.toContain('secret');
  // A web page that tries the address spoils nothing and learns nothing.
  const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
  expect(await get(address, fetched)).toMatchObject({ status: 403, location: undefined });
  const prefetched = { 'sec-fetch-site': 'none', 'sec-purpose': 'prefetch' };
  expect(await get(address, prefetched)).toMatchObject({ status: 403, location: undefined });

  expect(await get(address, { 'sec-fetch-site': 'none' })).toMatchObject({
    status: 302,
    location: 'https://api.workos.com/user_management/authorize?state=secret',
  });
  const again = await get(address);
  expect(again).toMatchObject({ status: 410, location: undefined });
  expect(again.body).toContain('somebody else');
});

test('node/pkce-automatic: the wait ends with its signal', async () => {
  const { begin, wait } = await open();
  begin('https://api.workos.com/', 'right');
  await expect(wait(AbortSignal.timeout(20))).rejects.toThrow(/timeout/);
});

test('node/pkce-automatic: a browser that is back before anybody waits is not missed', async () => {
  const { redirectUri, begin, wait } = await open();
  expect(await get(`${redirectUri}?code=early&state=`)).toMatchObject({ status: 400 });
  begin('https://api.workos.com/', 'right');
  const page = get(`${redirectUri}?code=abc&state=right`);
  await new Promise((resolve) => {
    setTimeout(resolve, 30);
  });
  const { params, answer } = await wait(never);
  expect(params.get('code')).toBe('abc');
  await answer({ title: 'Done', text: '' });
  await page;
});

test('node/pkce-automatic: a port that is taken is an error with a code', async () => {
  const { redirectUri } = await open();
  const port = Number(new URL(redirectUri).port);
  await expect(openLoopback(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
