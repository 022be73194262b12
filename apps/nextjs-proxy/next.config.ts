import type { NextConfig } from 'next';

// https://nextjs.org/docs/app/guides/content-security-policy
const isDevelopment = process.env.NODE_ENV === 'development';

/**
 * What a page may load. There is no `form-action`: browsers hold it against each redirect that follows, and a form that leads
 * to a sign-in passes through domains of AuthKit and of identity providers.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  // Pages made at the build hold inline scripts that no nonce can mark; React's development build needs eval.
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "object-src 'none'",
  "base-uri 'none'",
  // In nobody's frame. A page that is made for one lists its hosts here.
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
  // Cookies of a domain are safe when every host under it is https.
  ...(!isDevelopment && {
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  }),
};

const config: NextConfig = {
  poweredByHeader: false,
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
    },
  ],
  // `next dev` logs addresses: that of the callback has a code in it.
  logging: { incomingRequests: { ignore: [/^\/callback/] } },
  // Tests need packages that an app built for production does not have.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
};

export default config;
