/** Browsers resolve every name under .localhost to this machine, so that sites can be told apart without a DNS server. */
export const PORT = 5183;

/**
 * The authentication API under a domain of the app's own, as production should have it. Nothing listens at this port: each
 * worker's browser is told where its own mock is (journeys.ts), as by DNS.
 */
export const MOCK = 'http://auth.acme.localhost:4113';

/** On this host the SDK keeps the refresh token in localStorage. */
export const DEV_MODE = `http://localhost:${PORT}`;
/** The same site as the authentication API: the refresh token is in a cookie, as in production. */
export const COOKIE_MODE = `http://app.acme.localhost:${PORT}`;
/** Another site than the authentication API. */
export const OTHER_SITE = `http://elsewhere.localhost:${PORT}`;
/** The right site, but not among the origins that the environment allows. */
export const UNLISTED = `http://unlisted.acme.localhost:${PORT}`;
