import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { expect, test } from './command.ts';

/** An API in a few lines: what it was asked, and an answer by the test. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: { method: string; path: string; authorization: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const { method = '', url: path = '', headers } = request;
    asked.push({ method, path, authorization: headers.authorization ?? '', body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, env: { WORKER_URL: `http://127.0.0.1:${port}` } };
}

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test('node/public-refresh: api calls with the token and prints the answer as it came', async ({
  cli,
}) => {
  const { asked, env } = await serve((_request, response) =>
    json(response, 200, { id: 'user_ada' }),
  );
  await cli.signIn('ada@acme.test');
  expect(await cli.run(['api', '/api/me?x=1'], { env })).toMatchObject({
    code: 0,
    stdout: '{"id":"user_ada"}',
    stderr: '',
  });
  const { accessToken } = (await cli.stored()).tokens;
  expect(asked).toMatchObject([
    { method: 'GET', path: '/api/me?x=1', authorization: `Bearer ${accessToken}` },
  ]);
  await cli.run(['api', '/api/posts', '-d', '{"title":"Hello"}'], { env });
  await cli.run(['api', '/api/posts', '-X', 'put', '-d', '-'], { env, input: '{"title":"Piped"}' });
  expect(asked.slice(1)).toMatchObject([
    { method: 'POST', body: '{"title":"Hello"}' },
    { method: 'PUT', body: '{"title":"Piped"}' },
  ]);
});

test('node/public-refresh: WORKER_URL may have a path of its own, which no call leads out of [attack/leakage]', async ({
  cli,
}) => {
  const { asked, env } = await serve((_request, response) =>
    json(response, 200, { organizations: [] }),
  );
  await cli.signIn('ada@acme.test');
  for (const base of ['/v1', '/v1/']) {
    const WORKER_URL = `${env.WORKER_URL}${base}`;
    await cli.run(['api', '/api/me?x=1'], { env: { WORKER_URL } });
    await cli.run(['api', '/../%2e%2e/admin'], { env: { WORKER_URL } });
    await cli.run(['org', 'list'], { env: { WORKER_URL } });
  }
  const paths = ['/v1/api/me?x=1', '/v1/admin', '/v1/api/organizations'];
  expect(asked.map(({ path }) => path)).toEqual([...paths, ...paths]);
});

test('node/public-refresh: a token that the API refuses is refreshed and tried once more', async ({
  cli,
  workos,
}) => {
  let refused = 0;
  const { asked, env } = await serve((_request, response) =>
    refused++ === 0
      ? json(response, 401, { error: 'invalid_token', message: 'Expired.' })
      : json(response, 200, { ok: true }),
  );
  await cli.signIn('ada@acme.test');
  await workos.clearRequests();
  expect(await cli.run(['api', '/api/me'], { env })).toMatchObject({ code: 0 });
  expect(asked).toHaveLength(2);
  expect(asked[0]!.authorization).not.toBe(asked[1]!.authorization);
  expect(await workos.requests({ grantType: 'refresh_token' })).toHaveLength(1);
});

test('node/public-refresh: what the API refuses has an exit code, and its answer is printed', async ({
  cli,
}) => {
  const answers: Record<string, [number, unknown]> = {
    '/401': [401, { error: 'invalid_token', message: 'Not you.' }],
    '/403': [403, { error: 'insufficient_scope', message: 'posts:write is needed.' }],
    '/404': [404, { error: 'not_found', message: 'Nothing here.' }],
    '/503': [503, { error: 'unavailable', message: 'Later.' }],
  };
  const { env } = await serve(({ url = '' }, response) => json(response, ...answers[url]!));
  await cli.signIn('ada@acme.test');
  for (const [path, code] of [
    ['/401', 3],
    ['/403', 5],
    ['/404', 1],
    ['/503', 4],
  ] as const) {
    const ended = await cli.run(['api', path], { env });
    expect(ended).toMatchObject({ code, stdout: JSON.stringify(answers[path]![1]) });
    expect(ended.stderr).toContain(`The API answered ${path.slice(1)}`);
  }
});

test('node/public-refresh: a token goes to the API alone [attack/leakage]', async ({ cli }) => {
  const elsewhere = await serve((_request, response) => json(response, 200, {}));
  const { asked, env } = await serve((_request, response) =>
    response.writeHead(302, { location: `${elsewhere.env.WORKER_URL}/stolen?x=1` }).end(),
  );
  await cli.signIn('ada@acme.test');
  const other = new URL(elsewhere.env.WORKER_URL).host;
  for (const path of [
    `//${other}/x`,
    `/\\${other}/x`,
    `http://${other}/x`,
    `/\t/${other}/x`,
    'api/me',
  ]) {
    expect(await cli.run(['api', path], { env })).toMatchObject({ code: 2, stdout: '' });
  }
  expect(asked).toEqual([]);
  const redirected = await cli.run(['api', '/redirected', '-d', '{}'], { env });
  expect(redirected).toMatchObject({ code: 1, stdout: '' });
  expect(redirected.stderr).toContain(`302, a redirect to ${elsewhere.env.WORKER_URL}/stolen.`);
  expect(redirected.stderr).toContain('WORKER_URL');
  expect(asked).toHaveLength(1);
  expect(elsewhere.asked).toEqual([]);
});

test('node/public-refresh: an API that is not there is told apart from a session that is over', async ({
  cli,
}) => {
  await cli.signIn('ada@acme.test');
  const env = { WORKER_URL: 'http://127.0.0.1:1' };
  const ended = await cli.run(['api', '/api/me', '--json'], { env });
  expect(ended).toMatchObject({ code: 4, stdout: '' });
  expect(JSON.parse(ended.stderr)).toMatchObject({ error: { code: 'unavailable', exitCode: 4 } });
});

test('node/public-refresh: org list asks the API, which has a key', async ({ cli }) => {
  const organizations = [
    { id: 'org_acme', name: 'Acme' },
    { id: 'org_globex', name: 'Globex' },
  ];
  const { asked, env } = await serve((_request, response) =>
    json(response, 200, { organizations }),
  );
  await cli.signIn('ada@acme.test');
  const { stdout } = await cli.run(['org', 'list'], { env });
  expect(asked).toMatchObject([{ path: '/api/organizations' }]);
  expect(stdout).toMatch(/^org_acme \*\s+Acme$/m);
  const without = await serve((_request, response) => json(response, 404, {}));
  const { code, stderr } = await cli.run(['org', 'list'], { env: without.env });
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('org switch'),
  });
  const moved = await serve((_request, response) =>
    response.writeHead(308, { location: '/v2/organizations' }).end(),
  );
  expect(await cli.run(['org', 'list'], { env: moved.env })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`308, a redirect to ${moved.env.WORKER_URL}/v2/organizations.`),
  });
  const listed = await cli.run(['org', 'list', '--json'], { env });
  expect(JSON.parse(listed.stdout)).toMatchObject({ organizations: [{ current: true }, {}] });
});

test('node/public-refresh: what others wrote commands no terminal, neither with Esc nor with U+009B and its kin', async ({
  cli,
}) => {
  // Clears the screen and fills the clipboard, the one way and the other.
  const name = 'Globex\u001B[2J\u001B]52;c;eA==\u0007\u009B2J\u009D52;c;eA==\u009C\u007F';
  const { env } = await serve(({ url }, response) =>
    url === '/api/organizations'
      ? json(response, 200, { organizations: [{ id: 'org_globex', name }] })
      : json(response, 403, { message: name }),
  );
  await cli.signIn('ada@acme.test');
  const stored = await cli.stored();
  stored.session.user.email = name;
  await writeFile(cli.profilePath(), JSON.stringify(stored));

  const told = [
    await cli.run(['org', 'list'], { env }),
    await cli.run(['org', 'list', '--json'], { env }),
    await cli.run(['org', 'list', '--json'], { env: { WORKER_URL: `${env.WORKER_URL}/refused` } }),
    await cli.run(['whoami']),
    await cli.run(['sessions']),
    await cli.run(['sessions', '--json']),
    await cli.run(['logout']),
  ];
  for (const { stdout, stderr } of told) {
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  }
  // Nothing is lost to who reads the JSON.
  expect(JSON.parse(told[1]!.stdout)).toMatchObject({ organizations: [{ name }] });
  expect(JSON.parse(told[2]!.stderr)).toMatchObject({
    error: { message: `The API answered 403: ${name}` },
  });
});
