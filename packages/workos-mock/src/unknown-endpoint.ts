import { endpoints, missingEndpoints } from './endpoints.ts';

interface Known {
  name: string;
  method: string;
  isMissing: boolean;
  pattern: RegExp;
}

let known: Known[] | undefined;

/** What to answer to a request that no route takes. */
export interface UnknownAnswer {
  status: 404 | 501;
  body: Record<string, string>;
}

/**
 * Tells what WorkOS has and the mock lacks (501, with where to add it) from what WorkOS does not have either: a method that
 * a known path does not take is a 404 there, never a 405.
 *
 * @param method Of the request.
 * @param path With the query, as it was sent.
 */
export function answerUnknown(method: string, path: string): UnknownAnswer {
  known ??= [...endpoints, ...missingEndpoints].map((name) => {
    const [knownMethod = '', template = ''] = name.split(' ');
    return {
      name,
      method: knownMethod,
      isMissing: missingEndpoints.includes(name),
      pattern: new RegExp(`^${template.replaceAll(/:\w+/g, '[^/]+')}$`),
    };
  });
  const [pathname = ''] = path.split('?');
  const matching = known.filter(({ pattern }) => pattern.test(pathname));
  const missing = matching.find((endpoint) => endpoint.method === method && endpoint.isMissing);
  if (matching.length > 0 && !missing) {
    return { status: 404, body: { message: `Cannot ${method} ${path}`, error: 'Not Found' } };
  }
  const resource = pathname.split('/').find((part) => part && part !== 'user_management');
  const message = `workos-mock has no ${missing?.name ?? `${method} ${pathname}`}. Add it to packages/workos-mock/src/routes/${resource?.replaceAll('_', '-')}.ts and to src/endpoints.ts.`;
  return { status: 501, body: { code: 'not_implemented', message } };
}
