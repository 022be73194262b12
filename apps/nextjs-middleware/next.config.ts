import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // One folder among others: without this Next.js takes the nearest lockfile's for the root.
  outputFileTracingRoot: import.meta.dirname,
  // Tests need packages that an app built for production does not have.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
};

export default config;
