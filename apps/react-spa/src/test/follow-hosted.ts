import { get } from 'node:http';

/** Goes through the hosted page as a browser would; answers the path of the callback. */
export async function followHosted(url: string): Promise<string> {
  // Not fetch: the browser's may not look into a redirect.
  const answer = await new Promise<string>((resolve) => {
    get(url, (response) => resolve(response.headers.location ?? ''));
  });
  const { pathname, search } = new URL(answer);
  return pathname + search;
}
