// react/provider — https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
import type { Plugin } from 'vite';
import { apiOrigin, type Settings } from './src/settings.ts';

/**
 * What the page may do. Tokens live in it, so no script but the app's own may run there, and it may talk to the two APIs
 * alone.
 */
const contentSecurityPolicy = (settings: Settings) => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  `connect-src ${apiOrigin(settings)} ${new URL(settings.apiUrl).origin}`,
  "base-uri 'none'",
  "form-action 'none'",
  // React writes no HTML, so nothing else may either: markup from a string is where scripts get in.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

/** The headers of every answer of the host that serves the app, by name. */
export function securityHeaders(settings: Settings): Record<string, string> {
  return {
    // In a header alone a page can forbid to be framed: a `<meta>` cannot.
    'content-security-policy': [...contentSecurityPolicy(settings), "frame-ancestors 'none'"].join(
      '; ',
    ),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'strict-origin-when-cross-origin',
    // Browsers heed it over HTTPS only.
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  };
}

/**
 * Writes `_headers`, which Cloudflare and Netlify read beside the files; elsewhere copy its lines to the host's settings.
 * The policy is in a `<meta>` too, for a host where somebody forgot.
 */
export function headersFile(settings: Settings): Plugin {
  const lines = Object.entries(securityHeaders(settings)).map(
    ([name, value]) => `  ${name}: ${value}`,
  );
  const source = [
    '/*',
    ...lines,
    // The names of these files change with their content; the page that names them is asked for anew.
    '/assets/*',
    '  cache-control: public, max-age=31536000, immutable',
    '',
  ].join('\n');
  return {
    name: 'security-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source });
    },
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          content: contentSecurityPolicy(settings).join('; '),
        },
        injectTo: 'head-prepend',
      },
    ],
  };
}
