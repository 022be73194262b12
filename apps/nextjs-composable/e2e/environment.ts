export const PORT = 3011;
export const MOCK_PORT = 4111;

/** What `.env.development` holds, on ports of their own: a running `next dev` is not in the way. */
export const env = {
  PORT: String(PORT),
  WORKOS_CLIENT_ID: 'client_mock',
  WORKOS_API_KEY: 'sk_test_default',
  WORKOS_COOKIE_PASSWORD: 'end-to-end-tests-cookie-password',
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: `http://localhost:${PORT}/callback`,
  WORKOS_API_HOSTNAME: 'localhost',
  WORKOS_API_PORT: String(MOCK_PORT),
  WORKOS_API_HTTPS: 'false',
  ALLOW_WORKOS_MOCK: 'true',
  ALLOWED_HOSTS: 'staging.localhost:3011',
};
