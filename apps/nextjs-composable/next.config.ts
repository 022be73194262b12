import type { NextConfig } from 'next';

// https://nextjs.org/docs/app/guides/content-security-policy
const isDevelopment = process.env.NODE_ENV === 'development';

/** What a page may load. */
const contentSecurityPolicy = [
  "default-src 'self'",
  // Pages made at the build hold inline scripts that no nonce can mark; React's development build needs eval.
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "object-src 'none'",
  "base-uri 'none'",
  // No form-action: browsers hold redirects against it too, and a form that is sent without JavaScript after the session
  // has ended leads to AuthKit, whose host only the dashboard knows. A test in e2e/outage.spec.ts notices.
  // In nobody's frame. A page that is made for one lists its hosts here.
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
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
  // Two root layouts, `[locale]` and `(one-language)`, and one page for addresses that neither has.
  experimental: { globalNotFound: true },
};

export default config;
