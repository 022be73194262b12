import { CliError } from './errors.ts';

/** Your client id, for the command that you publish: it is no secret. WORKOS_CLIENT_ID overrides it. */
const CLIENT_ID = '';

/** Where the command finds WorkOS and the API, and as which client. */
export interface Settings {
  clientId: string;
  apiHostname: string;
  port: number | undefined;
  https: boolean;
  /** Where WorkOS is, e.g. `https://api.workos.com`. A session belongs to one such address and one client. */
  baseUrl: string;
}

/**
 * Reads the settings from the environment.
 *
 * @throws CliError `usage` naming the variable that is missing or malformed.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const clientId = env.WORKOS_CLIENT_ID || CLIENT_ID;
  if (!clientId) {
    throw new CliError('usage', 'WORKOS_CLIENT_ID is not set.', {
      hint: 'Find it at https://dashboard.workos.com → Applications → your application.',
    });
  }
  const apiHostname = env.WORKOS_API_HOSTNAME || 'api.workos.com';
  const port = env.WORKOS_API_PORT ? Number(env.WORKOS_API_PORT) : undefined;
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new CliError('usage', `WORKOS_API_PORT is not a port: ${env.WORKOS_API_PORT}`);
  }
  const https = env.WORKOS_API_HTTPS !== 'false';
  const text = `${https ? 'https' : 'http'}://${apiHostname}${port ? `:${port}` : ''}`;
  const { origin } = trustedUrl(text, 'WORKOS_API_HOSTNAME');
  return { clientId, apiHostname, port, https, baseUrl: origin };
}

/** Where the API is that `api` and `org list` call; what is before their paths may be in it: `https://api.example.com/v1`. */
export function readWorkerUrl(env: NodeJS.ProcessEnv = process.env): URL {
  return trustedUrl(env.WORKER_URL || 'http://localhost:8787', 'WORKER_URL');
}

/** An address that may see a token: over TLS, or on this machine. */
function trustedUrl(text: string, variable: string): URL {
  if (!URL.canParse(text)) throw new CliError('usage', `${variable} is not an address: ${text}`);
  const url = new URL(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw new CliError('usage', `${variable} must be https: a token would travel in the clear.`);
  }
  return url;
}
