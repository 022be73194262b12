/** Ports of their own, so that a running `pnpm dev` and the journeys of single apps are not in the way. */
export const MOCK_PORT = 4117;
export const SPA = 'http://localhost:5187';
export const NEXT = 'http://localhost:3017';
export const WORKER = 'http://localhost:8798';
export const COOKIE_PASSWORD = 'journeys-across-apps-cookie-password';
