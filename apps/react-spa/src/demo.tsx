// Demo furniture: the list of patterns, the frame around each, the header. README.md says how to take it out; the patterns
// themselves are in the files that it names and import nothing from here.
import { useAuth } from '@workos-inc/authkit-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { ImpersonationBanner } from './patterns/use-auth';
import { signInPath } from './return-path';

const DOCS = 'https://workos.com/docs/sdks/authkit-react';

/** One pattern as the navigation and its own page tell of it. */
interface Pattern {
  id: string;
  title: string;
  shows: string;
  files: string[];
  docs: string;
  notWhen: string;
}

export const patterns = {
  '/provider': {
    id: 'react/provider',
    title: 'Keep a session in the browser',
    shows:
      'On localhost the refresh token is in localStorage, everywhere else in a cookie that no script can read.',
    files: ['src/auth-provider.tsx', 'src/settings.ts'],
    docs: `${DOCS}#authkitprovider-`,
    notWhen:
      'You render on a server: keep the session there. And not in production without an authentication domain on your own site: browsers block cookies of other sites.',
  },
  '/use-auth': {
    id: 'react/use-auth',
    title: 'Know who is here',
    shows: 'The person, or the way in. Sign out, and look at your other tabs.',
    files: ['src/patterns/use-auth.tsx', 'src/patterns/sign-out.ts', 'src/sign-out-everywhere.ts'],
    docs: `${DOCS}#useauth`,
    notWhen: 'As a check: the API protects what must be protected.',
  },
  '/sign-in-endpoint': {
    id: 'react/sign-in-endpoint',
    title: 'Start a sign-in from anywhere',
    shows:
      'One address for every sign-in: links, invitations, impersonation in the dashboard, a tile at an identity provider.',
    files: ['src/patterns/sign-in-endpoint.tsx', 'src/api-host.ts'],
    docs: `${DOCS}#3-add-a-login-route`,
    notWhen: 'Never leave it out: the callback refuses what was begun elsewhere.',
  },
  '/state': {
    id: 'react/state',
    title: 'Come back to where you were',
    shows:
      'The page that was wanted survives the sign-in, with its query. A path to anywhere else ends on the start page.',
    files: ['src/return-path.ts', 'src/patterns/callback.tsx'],
    docs: `${DOCS}#passing-data-through-auth-flows`,
    notWhen: 'For anything secret or trusted: state is plain text in the URL, and nobody signs it.',
  },
  '/account': {
    id: 'react/protected-routes',
    title: 'Protect pages',
    shows:
      'Open this page signed out, with any query: you sign in and come back to exactly this address, without a flash of anything else.',
    files: ['src/patterns/protected-routes.tsx', 'src/router.tsx'],
    docs: `${DOCS}#useauth`,
    notWhen: 'To keep secrets: the code of every page is public.',
  },
  '/authorization': {
    id: 'react/authorization',
    title: 'Show what a role allows',
    shows: 'Sign in as Ada (admin) and as Grace (member). What is hidden, the API refuses too.',
    files: ['src/patterns/authorization.tsx'],
    docs: `${DOCS}#role-based-ui`,
    notWhen: 'Instead of a check in the API. This one only spares people the refusal.',
  },
  '/switch-to-organization': {
    id: 'react/switch-organization',
    title: 'Switch the organization',
    shows:
      'As Grace, switch between Acme and Globex: the role changes with it, and stays after a reload.',
    files: ['src/patterns/switch-to-organization.ts'],
    docs: `${DOCS}#multi-organization-switching`,
    notWhen:
      'The person may not be in that organization: a refused switch leads to the sign-in page.',
  },
  '/get-claims': {
    id: 'react/get-claims',
    title: 'Read the claims of the token',
    shows: 'Claims that useAuth() does not have, typed.',
    files: ['src/patterns/get-claims.ts'],
    docs: `${DOCS}#getclaimsaccesstoken`,
    notWhen: 'To decide anything: the token is read, not verified.',
  },
  '/token-refresh': {
    id: 'react/token-refresh',
    title: 'Keep the token fresh',
    shows:
      'The SDK renews the token in time, one tab after the other. When WorkOS refuses, the page says so and keeps nothing.',
    files: [
      'src/patterns/token-refresh.ts',
      'src/auth-provider.tsx',
      'src/session-ended.tsx',
      'src/patterns/on-before-auto-refresh.tsx',
    ],
    docs: `${DOCS}#handling-token-refresh-failures`,
    notWhen: 'By hand only for changes that must show at once.',
  },
  '/url-helpers': {
    id: 'react/url-helpers',
    title: 'Link to sign-in',
    shows:
      'A URL of the hosted page works once, in the tab that made it. A link to your sign-in endpoint works anywhere.',
    files: ['src/patterns/url-helpers.tsx'],
    docs: `${DOCS}#methods`,
    notWhen: 'A button that calls signIn() will do.',
  },
  '/access-token': {
    id: 'react/access-token',
    title: 'Call your API',
    shows: 'Each call takes a fresh token. Whatever can go wrong has a sentence of its own.',
    files: ['src/api.ts', 'src/patterns/access-token.tsx', 'src/auth-errors.ts'],
    docs: `${DOCS}#making-authenticated-api-calls`,
    notWhen: 'Your API is on the same site and has sessions of its own.',
  },
} satisfies Record<string, Pattern>;

export type PatternPath = keyof typeof patterns;

/** The header, the list of patterns, and the page. */
export function Layout() {
  const { isLoading, user } = useAuth();
  const { pathname, search, hash } = useLocation();
  const main = useRef<HTMLElement>(null);
  const lastPath = useRef(pathname);
  useEffect(() => {
    // As after a full load: who listens or uses a keyboard begins at the new page.
    if (lastPath.current !== pathname) main.current?.focus();
    lastPath.current = pathname;
  }, [pathname]);

  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="top">
        <Link to="/" className="brand">
          AuthKit React <span>patterns</span>
        </Link>
        {!isLoading &&
          (user ? (
            <Link to="/use-auth">{user.email}</Link>
          ) : (
            <a href={signInPath(pathname + search + hash)}>Sign in</a>
          ))}
      </header>
      <ImpersonationBanner />
      <div className="columns">
        <nav className="patterns" aria-label="Patterns">
          <ul>
            {Object.entries(patterns).map(([path, { title }]) => (
              <li key={path}>
                <NavLink to={path}>{title}</NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </>
  );
}

/** A pattern with what it shows, what to copy and when not to use it. */
export function PatternPage({ path, children }: { path: PatternPath; children: ReactNode }) {
  const { id, title, shows, files, docs, notWhen }: Pattern = patterns[path];
  return (
    <article>
      <title>{`${title} · AuthKit React patterns`}</title>
      <p className="id">{id}</p>
      <h1>{title}</h1>
      <p className="lead">{shows}</p>
      <section className="card" aria-label="Try it">
        {children}
      </section>
      <dl className="facts">
        <dt>Copy</dt>
        <dd>
          {files.map((file) => (
            <code key={file}>{file}</code>
          ))}
        </dd>
        <dt>Read</dt>
        <dd>
          <a href={docs}>{docs.replace('https://', '')}</a>
        </dd>
        <dt>Not when</dt>
        <dd>{notWhen}</dd>
      </dl>
    </article>
  );
}
