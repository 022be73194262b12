import type { WorkosMock } from '../src/mock.ts';

/** A request without an SDK, for what no SDK would send. */
export interface RawRequest {
  /** Method and path, e.g. `POST /organizations`. */
  ask: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends a request with the API key and a JSON body, unless told otherwise. */
export async function send(mock: WorkosMock, { ask, body, headers }: RawRequest) {
  const [method = '', path = ''] = ask.split(' ');
  const response = await mock.fetch(
    new Request(`http://localhost:4100${path}`, {
      method,
      headers: {
        authorization: 'Bearer sk_test_default',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    }),
  );
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const json = (isJson && text ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, text, json };
}
