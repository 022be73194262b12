import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // `next dev` logs addresses: that of the callback has a code in it.
  logging: { incomingRequests: { ignore: [/^\/callback/] } },
  // Tests need packages that an app built for production does not have.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // Two root layouts, `[locale]` and `(one-language)`, and one page for addresses that neither has.
  experimental: { globalNotFound: true },
};

export default config;
