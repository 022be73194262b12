import { afterEach, vi } from 'vitest';
import { expect, test, type TestMock } from 'workos-mock/vitest';
import { inRequest } from '../test/in-request';
import { redirectUriOf, visit } from '../test/visit';
import { signOutAction } from './app/sign-out/sign-out';
import { environmentProblems } from './env';

const CONFIGURED = 'http://localhost:3000/callback';
const PREVIEW = 'my-app-git-feature-my-team.preview.example.com';
const ON_VERCEL = 'my-app-git-feature-my-team.vercel.app';

afterEach(() => vi.unstubAllEnvs());

test('nextjs/dynamic-redirect-uri: an allowed host signs in to itself', async () => {
  vi.stubEnv('ALLOWED_HOSTS', 'app.example.com, staging.example.com');
  const response = await visit('/account', {}, { host: 'Staging.Example.com' });
  expect(redirectUriOf(response)).toBe('http://staging.example.com/callback');
});

/** What the app says at its start about these hosts. */
const problemsOf = (ALLOWED_HOSTS: string) =>
  environmentProblems({ NODE_ENV: 'production', ALLOWED_HOSTS }).filter((problem) =>
    problem.startsWith('ALLOWED_HOSTS must be whole host names'),
  );

test.for([
  'https://app.example.com',
  'app.example.com/callback',
  '*.example.com',
  'app.example.com staging.example.com',
  'app.example.com,',
  'user@app.example.com',
])('nextjs/dynamic-redirect-uri: ALLOWED_HOSTS=%s is named, with the mend', (hosts) => {
  expect(problemsOf(hosts)).toHaveLength(1);
});

test.for(['app.example.com', 'a.example.com, b.example.com:8443', ' localhost:3001 ', ''])(
  'nextjs/dynamic-redirect-uri: ALLOWED_HOSTS may be "%s"',
  (hosts) => {
    expect(problemsOf(hosts)).toEqual([]);
  },
);

test('ask/preview-redirect-uri: a Vercel preview signs in to itself, production does not follow', async () => {
  vi.stubEnv('VERCEL_BRANCH_URL', PREVIEW);
  vi.stubEnv('VERCEL_ENV', 'preview');
  const there = { host: PREVIEW };
  expect(redirectUriOf(await visit('/account', {}, there))).toBe(`http://${PREVIEW}/callback`);
  vi.stubEnv('VERCEL_ENV', 'production');
  expect(redirectUriOf(await visit('/account', {}, there))).toBe(CONFIGURED);
});

/** What a person gets who goes where the proxy sends them: the code's address, or the status of a refusal. */
async function signInAt(host: string): Promise<string | number> {
  const url = new URL((await visit('/account', {}, { host })).headers.get('location') ?? '');
  return authorize(url);
}

async function authorize(url: URL): Promise<string | number> {
  url.searchParams.set('login_hint', 'ada@acme.test');
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  return location ? location.replace(/\?code=.*$/, '') : response.status;
}

/**
 * The Redirects page of the dashboard: production, and previews by a wildcard.
 *
 * @param previews Where previews are, without the path.
 */
function dashboard(workos: TestMock, previews = 'https://my-app-*.preview.example.com') {
  vi.stubEnv('NEXT_PUBLIC_WORKOS_REDIRECT_URI', 'https://app.example.com/callback');
  return workos.reset({
    redirectUris: ['https://app.example.com/callback', `${previews}/callback`],
    logoutUris: ['https://app.example.com/signed-out', `${previews}/signed-out`],
    organizations: [{ name: 'Acme' }],
    users: [{ email: 'ada@acme.test', memberships: [{ organization: 'Acme' }] }],
  });
}

test.for([
  ['app.example.com', 'https://app.example.com/callback'],
  [PREVIEW, `https://${PREVIEW}/callback`],
  // The platform's word for its own name is good enough for the app; the dashboard does not know the project.
  ['other-app-git-feature-my-team.preview.example.com', 400],
] as const)(
  'ask/preview-redirect-uri: on the deployment %s, WorkOS answers %s',
  async ([host, answer], { workos }) => {
    await dashboard(workos);
    vi.stubEnv('VERCEL_ENV', 'preview');
    vi.stubEnv('VERCEL_URL', host);
    expect(await signInAt(host)).toBe(answer);
  },
);

test.for([
  // A public suffix: https://workos.com/docs/sso/redirect-uris refuses a wildcard right under one.
  ['https://my-app-*-my-team.vercel.app', 400],
  [`https://${ON_VERCEL}`, `https://${ON_VERCEL}/callback`],
] as const)(
  'ask/preview-redirect-uri: for a preview on vercel.app, %s in the dashboard is answered with %s',
  async ([entered, answer], { workos }) => {
    await dashboard(workos, entered);
    vi.stubEnv('VERCEL_ENV', 'preview');
    vi.stubEnv('VERCEL_BRANCH_URL', ON_VERCEL);
    expect(await signInAt(ON_VERCEL)).toBe(answer);
  },
);

test.for([
  ['app.example.com', 'https://app.example.com/signed-out'],
  [PREVIEW, `https://${PREVIEW}/signed-out`],
  ['other-app-git-feature-my-team.preview.example.com', 400],
] as const)(
  'ask/preview-redirect-uri: who signs out on the deployment %s is answered with %s',
  async ([host, answer], { workos }) => {
    await dashboard(workos);
    vi.stubEnv('VERCEL_ENV', 'preview');
    vi.stubEnv('VERCEL_URL', host);
    const { cookies } = await workos.signIn({ email: 'ada@acme.test' });
    const signOut = () => signOutAction(new FormData());
    const { redirect } = await inRequest('/en/account', cookies, signOut, { headers: { host } });
    const response = await fetch(redirect ?? '', { redirect: 'manual' });
    expect(response.headers.get('location') ?? response.status).toBe(answer);
  },
);

/** Hosts that are none of ours and look as if. */
const LOOKALIKES = [
  'evil.example',
  'app.example.com.evil.example',
  'app.example.com@evil.example',
  'app.example.com#evil.example',
  'app.example.com/evil.example',
  'app.example.com\\evil.example',
  'app.example.com:8443',
  'app.example.com.',
  'app-example.com',
  'my-app-x-my-team.preview.example.com',
  `${PREVIEW}.evil.example`,
  `${PREVIEW}:8443`,
  `x.${PREVIEW}`,
  'my-app--my-team.preview.example.com.evil.example',
  'evil-my-app-git-feature-my-team.preview.example.com',
  '*.preview.example.com',
  'preview.example.com',
  'аpp.example.com',
  'localhost:3000',
  '',
];

test.for(LOOKALIKES)(
  'nextjs/dynamic-redirect-uri: the Host "%s" falls back to the configured one [attack/open-redirect]',
  async (host, { workos }) => {
    await dashboard(workos);
    vi.stubEnv('VERCEL_ENV', 'preview');
    vi.stubEnv('VERCEL_BRANCH_URL', PREVIEW);
    // Browsers and servers send a name of other letters in Punycode, as `Headers` has to.
    const ascii = /^[\0-\x7F]*$/.test(host) ? host : new URL(`https://${host}`).host;
    expect(await signInAt(ascii)).toBe('https://app.example.com/callback');
  },
);

test.for([
  ...LOOKALIKES.filter((host) => host && host !== 'my-app-x-my-team.preview.example.com'),
  'my-app-a.b-my-team.preview.example.com',
  'my-app-x-my-team.evil.example',
])(
  'nextjs/dynamic-redirect-uri: WorkOS itself refuses %s, had an app asked for it [attack/open-redirect]',
  async (host, { workos }) => {
    await dashboard(workos);
    const url = new URL((await visit('/account')).headers.get('location') ?? '');
    url.searchParams.set('redirect_uri', `https://${host}/callback`);
    expect(await authorize(url)).toBe(400);
  },
);

test.for(['x-forwarded-host', 'forwarded', 'x-original-host', 'x-host'])(
  'nextjs/dynamic-redirect-uri: %s does not count [attack/open-redirect]',
  async (name) => {
    vi.stubEnv('ALLOWED_HOSTS', 'staging.example.com');
    const response = await visit('/account', {}, { [name]: 'staging.example.com' });
    expect(redirectUriOf(response)).toBe(CONFIGURED);
  },
);
