// react/provider — https://workos.com/docs/sdks/authkit-react

/** What the app must know about its surroundings. All of it is public: browsers load it with the bundle. */
export interface Settings {
  clientId: string;
  /** The authentication API's host, e.g. `auth.example.com`: a domain of one's own, on the same site as the app. */
  apiHostname: string;
  apiPort: number | undefined;
  apiHttps: boolean;
  /** The address of the API that the app calls with access tokens, without a slash at the end. */
  apiUrl: string;
  /** Whether the refresh token is kept in localStorage; undefined lets the SDK decide by the page's host. */
  devMode: boolean | undefined;
}

export type Env = Readonly<Record<string, unknown>>;

/** A build or a start that cannot go on; each problem names its variable and where its value is found. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`These settings need your attention:\n${problems.map((line) => `- ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/i;

/**
 * Reads the settings, e.g. from `import.meta.env`.
 *
 * @throws SettingsError naming every variable that is missing or malformed, all at once.
 */
export function readSettings(env: Env): Settings {
  const problems: string[] = [];
  const read = (name: string) => String(env[name] ?? '').trim();
  const report = (name: string, problem: string) => problems.push(`${name} ${problem}`);

  const clientId = read('VITE_WORKOS_CLIENT_ID');
  if (!/^client_\w+$/.test(clientId)) {
    const found = isApiKey(clientId)
      ? 'is an API key'
      : clientId
        ? `is "${clientId}"`
        : 'is missing';
    report(
      'VITE_WORKOS_CLIENT_ID',
      `${found}; a client id begins with "client_". See https://dashboard.workos.com → Applications.`,
    );
  }

  const apiHostname = read('VITE_WORKOS_API_HOSTNAME');
  if (!apiHostname || !isHostname(apiHostname)) {
    const found = apiHostname ? `is "${apiHostname}"` : 'is missing';
    report(
      'VITE_WORKOS_API_HOSTNAME',
      `${found}; it is a host name alone: api.workos.com for development, a domain of your own such as auth.example.com for production. See https://dashboard.workos.com → Domains.`,
    );
  }

  const port = read('VITE_WORKOS_API_PORT');
  if (port && !(Number(port) > 0 && Number(port) <= 65535)) {
    report('VITE_WORKOS_API_PORT', `is "${port}"; it is a port number, or empty.`);
  }

  const apiUrl = read('VITE_API_URL');
  if (!/^https?:\/\//.test(apiUrl) || !URL.canParse(apiUrl)) {
    const found = apiUrl ? `is "${apiUrl}"` : 'is missing';
    report(
      'VITE_API_URL',
      `${found}; it is the address of your own API, e.g. https://api.example.com.`,
    );
  }

  const readSwitch = (name: string) => {
    const value = read(name);
    if (value && value !== 'true' && value !== 'false') {
      report(name, `is "${value}"; it is true or false, or left out.`);
    }
    return value ? value === 'true' : undefined;
  };
  const apiHttps = readSwitch('VITE_WORKOS_API_HTTPS') ?? true;
  const devMode = readSwitch('VITE_WORKOS_DEV_MODE');

  if (problems.length > 0) throw new SettingsError(problems);
  return {
    clientId,
    apiHostname,
    apiPort: port ? Number(port) : undefined,
    apiHttps,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    devMode,
  };
}

/**
 * What must not go to production: the mock, an unencrypted API, refresh tokens where every script can read them.
 *
 * @returns One line a problem; none when the settings are fit.
 */
export function productionProblems(settings: Settings): string[] {
  const problems: string[] = [];
  if (LOOPBACK.test(settings.apiHostname) || !settings.apiHttps) {
    problems.push(
      'VITE_WORKOS_API_HOSTNAME and VITE_WORKOS_API_HTTPS point to a mock or to an unencrypted API.',
    );
  }
  if (LOOPBACK.test(new URL(settings.apiUrl).hostname)) {
    problems.push('VITE_API_URL points to the machine of whoever opens the page.');
  }
  if (settings.devMode) {
    problems.push(
      'VITE_WORKOS_DEV_MODE=true keeps refresh tokens in localStorage, where any script of the page can read them.',
    );
  }
  return problems;
}

/**
 * Variables that every browser would get to see and none may: the bundler puts what begins with `VITE_` into the bundle,
 * whether the app uses it or not.
 *
 * @returns One line a variable, without its value.
 */
export function secretsAmong(env: Env): string[] {
  return Object.entries(env)
    .filter(([name, value]) => isApiKey(String(value)) || /SECRET|PASSWORD|API_KEY/.test(name))
    .map(([name]) =>
      name === 'VITE_WORKOS_CLIENT_ID'
        ? `${name} goes into the bundle and holds an API key: put the client id there, which begins with "client_", and replace the key.`
        : `${name} goes into the bundle: remove it, and replace the secret that was in it.`,
    );
}

function isApiKey(value: string): boolean {
  return value.startsWith('sk_');
}

/**
 * The origin of the authentication API, e.g. `https://auth.example.com`, spelled as in the addresses of requests: in small
 * letters, without the port that goes without saying.
 */
export function apiOrigin({ apiHttps, apiHostname, apiPort }: Settings): string {
  const scheme = apiHttps ? 'https' : 'http';
  return new URL(`${scheme}://${apiHostname}${apiPort ? `:${apiPort}` : ''}`).origin;
}

function isHostname(value: string): boolean {
  return (
    URL.canParse(`https://${value}`) && new URL(`https://${value}`).host === value.toLowerCase()
  );
}
