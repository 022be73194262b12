import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // `next dev` logs addresses: that of the callback has a code in it.
  logging: { incomingRequests: { ignore: [/^\/callback/] } },
  // One folder among others: without this Next.js takes the nearest lockfile's for the root.
  outputFileTracingRoot: import.meta.dirname,
  // Tests need packages that an app built for production does not have.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
};

export default config;
