/**
 * Whether a URI is on an allow-list, by the rules of the dashboard: an exact match, or `*` for one whole or partial
 * subdomain (the one furthest from the root, one level deep) or for the port of a loopback address. A path of `/*` for
 * any path is the mock's own addition, for the default seed alone to use.
 *
 * @see https://workos.com/docs/sso/redirect-uris
 */
export function isAllowedUri(uri: string, allowList: readonly string[]): boolean {
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    return false;
  }
  if (url.hash || url.username || url.password) return false;
  return allowList.some((pattern) => pattern === uri || matchesPattern(url, pattern));
}

/** Whether an `Origin` header is on the list of allowed origins. */
export function isAllowedOrigin(origin: string, allowList: readonly string[]): boolean {
  // A sandboxed frame and a file send "null".
  if (!URL.canParse(origin)) return false;
  return allowList.some(
    (pattern) => pattern === origin || matchesPattern(new URL(origin), pattern),
  );
}

/**
 * Where hosts and tunnels give out names to everybody, so that a wildcard would be anybody's. WorkOS goes by the Public Suffix
 * List (publicsuffix.org), which takes as long to load as a third of this mock; these are entries of it that previews live under.
 */
const SHARED_SUFFIXES = new Set(
  `amplifyapp.com azurestaticapps.net azurewebsites.net cloudfront.net deno.dev firebaseapp.com fly.dev github.io gitlab.io
  herokuapp.com netlify.app ngrok-free.app ngrok-free.dev ngrok.app ngrok.dev ngrok.io now.sh onrender.com pages.dev replit.app
  run.app surge.sh trycloudflare.com up.railway.app vercel.app web.app workers.dev
  co.in co.jp co.nz co.uk co.za com.au com.br`.split(/\s+/),
);

const PATTERN = /^([a-z][a-z0-9+.-]*):\/\/([^/:]+)(?::(\*|\d+))?(\/.*)?$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1']);

function matchesPattern(url: URL, pattern: string): boolean {
  const parts = PATTERN.exec(pattern);
  if (!parts) return false;
  const [, scheme = '', host = '', port = '', path = '/'] = parts;
  if (url.protocol !== `${scheme.toLowerCase()}:`) return false;
  if (!matchesHost(url.hostname, host.toLowerCase())) return false;
  const anyPort = port === '*' && LOOPBACK.has(host);
  if (!anyPort && url.port !== port) return false;
  if (path === '/*') return LOOPBACK.has(host);
  return `${url.pathname}${url.search}` === path;
}

function matchesHost(hostname: string, pattern: string): boolean {
  if (!pattern.includes('*')) return hostname === pattern;
  const [first = '', ...rest] = pattern.split('.');
  // A wildcard needs a registrable domain under it, and stands in the first label alone.
  if (rest.length < 2 || SHARED_SUFFIXES.has(rest.join('.'))) return false;
  if (rest.some((label) => label.includes('*'))) return false;
  const [prefix = '', suffix = '', ...more] = first.split('*');
  if (more.length > 0) return false;
  const [label = '', ...others] = hostname.split('.');
  return (
    others.join('.') === rest.join('.') &&
    label.length > prefix.length + suffix.length &&
    label.startsWith(prefix) &&
    label.endsWith(suffix)
  );
}
