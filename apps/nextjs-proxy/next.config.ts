import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // Tests need packages that an app built for production does not have.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
};

export default config;
