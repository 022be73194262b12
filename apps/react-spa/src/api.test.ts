import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoginRequiredError } from '@workos-inc/authkit-react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ApiError, ApiUnreachableError, callApi } from './api';

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization',
};

/** Opens an API that answers as a test needs it. */
async function openApi(answer: (token: string) => [status: number, body: string]): Promise<string> {
  const listener: RequestListener = (request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, cors).end();
    const [status, body] = answer(request.headers.authorization?.replace('Bearer ', '') ?? '');
    return response.writeHead(status, { ...cors, 'content-type': 'application/json' }).end(body);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/me`;
}

const tokens = () => {
  let count = 0;
  return vi.fn<(options?: { forceRefresh?: boolean }) => Promise<string>>(async (options) => {
    if (options?.forceRefresh) count++;
    return `token-${count}`;
  });
};

test('react/access-token: a call carries the token and gives the answer', async () => {
  const url = await openApi((token) => [200, JSON.stringify({ token })]);
  expect(await callApi(tokens(), url)).toEqual({ token: 'token-0' });
});

test('react/access-token: a token that the API does not accept any more is renewed, once', async () => {
  const url = await openApi((token) =>
    token === 'token-1' ? [200, '{}'] : [401, '{"error":"invalid_token"}'],
  );
  const getAccessToken = tokens();
  expect(await callApi(getAccessToken, url)).toEqual({});
  expect(getAccessToken).toHaveBeenCalledTimes(2);
});

test('react/access-token: an API that refuses every token is not asked for ever', async () => {
  const url = await openApi(() => [401, '{"error":"invalid_token","message":"No."}']);
  const getAccessToken = tokens();
  await expect(callApi(getAccessToken, url)).rejects.toMatchObject({
    name: 'ApiError',
    status: 401,
    code: 'invalid_token',
    message: 'No.',
  });
  expect(getAccessToken).toHaveBeenCalledTimes(2);
});

test('react/access-token: 403 is not tried again', async () => {
  const url = await openApi(() => [403, '{"error":"missing_permission","message":"No."}']);
  const getAccessToken = tokens();
  await expect(callApi(getAccessToken, url)).rejects.toBeInstanceOf(ApiError);
  expect(getAccessToken).toHaveBeenCalledTimes(1);
});

test.each([
  [502, '<h1>Bad gateway</h1>'],
  [200, '{"half":'],
])('react/access-token: %i without JSON is an error with the status', async (status, body) => {
  const url = await openApi(() => [status, body]);
  await expect(callApi(tokens(), url)).rejects.toMatchObject({ status, code: 'not_json' });
});

test('react/access-token: an answer without a body is undefined', async () => {
  const url = await openApi(() => [204, '']);
  expect(await callApi(tokens(), url)).toBeUndefined();
});

test('react/access-token: an API that does not run is told apart from one that refuses', async () => {
  await expect(callApi(tokens(), 'http://127.0.0.1:9/api/me')).rejects.toBeInstanceOf(
    ApiUnreachableError,
  );
});

test('react/access-token: nobody signed in reaches the caller, and no request the API', async () => {
  const signedOut = () => Promise.reject(new LoginRequiredError());
  await expect(callApi(signedOut, 'http://127.0.0.1:9/api/me')).rejects.toBeInstanceOf(
    LoginRequiredError,
  );
});
