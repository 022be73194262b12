// Demo furniture: the list of patterns, the frame around each, the sign-in link. Delete this file first; the patterns
// themselves are in the files that it names and import nothing from here.
import type { ReactNode } from 'react';
import { PlainLink } from './plain-link';

const README = 'https://github.com/workos/authkit-nextjs';

/** One pattern as the navigation and its own page tell of it. */
interface Pattern {
  title: string;
  /** What a person can see here. */
  shows: string;
  /** The files to copy, from the folder of this app. */
  files: string[];
  docs: string;
  notWhen: string;
}

const APP = 'src/app';
const INSIDE = `${APP}/(signed-in)`;

export const patterns = {
  'authkit-proxy': {
    title: 'Keep the session in proxy.ts',
    shows:
      'Open this page signed out, with any query you like: you are sent to sign in and come back to exactly this address.',
    files: ['src/proxy.ts', 'src/hardened.ts'],
    docs: `${README}#proxy--middleware`,
    notWhen:
      'Your proxy does work of its own (locales, tenants, rate limits): compose with authkit() instead. On Next.js 15 the file is middleware.ts.',
  },
  'handle-auth': {
    title: 'Finish a sign-in in the callback',
    shows:
      'Every way in which a sign-in can fail ends on a page that says what happened and what to do next.',
    files: [`${APP}/callback/route.ts`, `${APP}/callback/sign-in-failure.ts`],
    docs: `${README}#callback-route`,
    notWhen:
      'You show your own sign-in form and never send people to AuthKit: save the session yourself.',
  },
  'sign-in-endpoint': {
    title: 'Start a sign-in from anywhere',
    shows:
      'One address starts every sign-in: links of this app, impersonation in the WorkOS dashboard, a tile on an identity provider’s page.',
    files: [`${APP}/sign-in/route.ts`, `${APP}/sign-in/sign-in-options.ts`, 'src/return-path.ts'],
    docs: `${README}#initiate-login-uri`,
    notWhen:
      'Never leave it out: a sign-in that WorkOS starts has no state and the callback refuses it.',
  },
  'with-auth': {
    title: 'Know who asks, on the server',
    shows:
      'The same question in a server component, a server action and a route handler, answered for a person who is signed in, signed out, or in another organization.',
    files: [`${INSIDE}/with-auth/with-auth.ts`, `${INSIDE}/with-auth/add-note.ts`],
    docs: `${README}#get-the-current-user-in-a-server-component`,
    notWhen: 'The route is not covered by the matcher in proxy.ts: withAuth() throws there.',
  },
  'provider-initial-auth': {
    title: 'Give the client its first state',
    shows:
      'Client components know the person at first paint: no request on load, no flash of signed-out content, no token in the page.',
    files: [
      `${INSIDE}/provider-initial-auth/provider-initial-auth.tsx`,
      `${INSIDE}/provider-initial-auth/follow-server.tsx`,
    ],
    docs: `${README}#optimizing-with-server-side-auth-data`,
    notWhen:
      'The page is static and the same for everybody: reading the session makes it dynamic. Put the provider in the layout of the signed-in part only, as here.',
  },
  'use-auth': {
    title: 'Know who is here, on the client',
    shows:
      'Switch the organization: role and permissions follow at once, on the client and the server.',
    files: [`${INSIDE}/use-auth/use-auth.tsx`, `${INSIDE}/use-auth/organization-switch.tsx`],
    docs: `${README}#get-the-current-user-in-a-client-component`,
    notWhen:
      'A server component can do it. And never as the only check: what the browser hides, the server must refuse.',
  },
  'sign-out': {
    title: 'Sign out',
    shows: 'The session ends at WorkOS and in this browser, and you land on a page of this app.',
    files: [`${APP}/sign-out/sign-out.ts`],
    docs: `${README}#signing-out`,
    notWhen: 'As a link: it would be prefetched, or put on another site.',
  },
  'pkce-always-on': {
    title: 'PKCE and state, always on',
    shows:
      'Each sign-in that this browser has begun has a verifier cookie of its own. There is no switch: WORKOS_ENABLE_PKCE is gone.',
    files: [`${APP}/pkce-always-on/pending-sign-ins.ts`],
    docs: `${README}#pkce-and-csrf-protection`,
    notWhen: 'You have nothing to do. Remove WORKOS_ENABLE_PKCE if you still set it.',
  },
  'proxy-auth': {
    title: 'Protect by default',
    shows: 'A page is protected unless it is listed, so that nobody can forget to protect one.',
    files: ['src/proxy-options.ts'],
    docs: `${README}#proxy--middleware-auth`,
    notWhen:
      'Nearly every page is public: protect the few with ensureSignedIn through a route handler.',
  },
  'proactive-refresh': {
    title: 'Refresh before expiry',
    shows:
      'A page is never rendered with a token that runs out a second later in the hands of an API that it calls.',
    files: ['src/proxy-options.ts'],
    docs: `${README}#proactive-session-refresh`,
    notWhen: 'Tokens live shorter than the buffer: every request would refresh.',
  },
  'custom-state': {
    title: 'Carry state through a sign-in',
    shows: 'Where a sign-in started is known when it ends; nonsense in it breaks nothing.',
    files: [
      `${INSIDE}/custom-state/custom-state.ts`,
      `${INSIDE}/custom-state/sign-in/route.ts`,
      `${APP}/callback/route.ts`,
    ],
    docs: `${README}#passing-custom-state-through-authentication`,
    notWhen: 'You only want to come back to a page: that is returnTo.',
  },
  'refresh-session': {
    title: 'Change the organization on the server',
    shows:
      'Role and permissions change with the organization; one that is not yours, or asks for its own sign-in, says so.',
    files: [`${INSIDE}/refresh-session/refresh-session.ts`],
    docs: `${README}#refreshing-the-session`,
    notWhen: 'A client component does it: useAuth().switchToOrganization().',
  },
  'own-organization-picker': {
    title: 'Pick the organization on a page of your own',
    shows: 'List, pick, remember: the next time it is marked, and a link signs in straight to it.',
    files: [`${INSIDE}/own-organization-picker/own-organization-picker.ts`],
    docs: `${README}#refreshing-the-session`,
    notWhen: 'AuthKit’s own page is good enough: it asks anybody who is in several.',
  },
  'create-organization-on-sign-up': {
    title: 'Make an organization at sign-up',
    shows:
      'A new person ends up as admin of an organization of their own, once, however often the callback runs.',
    files: [`${INSIDE}/create-organization-on-sign-up/create-organization-on-sign-up.ts`],
    docs: `${README}#onsuccess-callback-data`,
    notWhen: 'People join by invitation or by their company’s domain.',
  },
  'get-workos': {
    title: 'Call any WorkOS API',
    shows: 'List your organizations; invite somebody, if your role may.',
    files: [`${INSIDE}/get-workos/get-workos.ts`, `${INSIDE}/get-workos/invite-member.ts`],
    docs: `${README}#advanced-direct-access-to-the-workos-client`,
    notWhen: 'The session says it already: a call costs time, and the page waits.',
  },
  'save-session': {
    title: 'Sign in on a page of your own',
    shows:
      'Password, or a code by e-mail, with e-mail verification and the choice of organization.',
    files: [`${APP}/save-session/save-session.ts`],
    docs: `${README}#advanced-custom-authentication-flows`,
    notWhen:
      'You can use the hosted page: single sign-on, passkeys, second factors and bot detection come with it.',
  },
  'use-access-token': {
    title: 'Call an API from the browser',
    shows: 'The token that the API gets is live, before and after an expiry.',
    files: [`${INSIDE}/use-access-token/use-access-token.tsx`, `${APP}/api/access-token/route.ts`],
    docs: `${README}#access-token-management`,
    notWhen:
      'Your own server can call the API: scripts on the page can read a token that the page has.',
  },
  'eager-auth': {
    title: 'Have the token at the first render',
    shows:
      'No round trip for the token: it comes in a cookie that lives 30 seconds and is spent at once.',
    files: ['src/proxy.ts', `${INSIDE}/eager-auth/eager-auth.tsx`],
    docs: `${README}#eager-auth`,
    notWhen:
      'A library can wait for a token. While it lives, any script on the page can read the cookie.',
  },
  'use-token-claims': {
    title: 'Read custom claims',
    shows: 'What a JWT template adds to the token, typed, on the client and on the server.',
    files: [
      `${INSIDE}/use-token-claims/use-token-claims.tsx`,
      `${INSIDE}/use-token-claims/get-token-claims.ts`,
      `${INSIDE}/use-token-claims/custom-claims.ts`,
    ],
    docs: `${README}#access-token-management`,
    notWhen: 'It is much: the token sits in a cookie of at most 4,096 bytes.',
  },
  'feature-flags': {
    title: 'Evaluate feature flags',
    shows:
      'The same flag from the token and from the runtime client, which knows of a change in seconds.',
    files: [`${INSIDE}/feature-flags/feature-flags.ts`],
    docs: `${README}#evaluate-feature-flags`,
    notWhen: 'Few flags that may be minutes old: the token has them for nothing.',
  },
  impersonation: {
    title: 'Show an impersonation',
    shows: 'Who looks through somebody else’s eyes sees so on every page, and can stop.',
    files: [`${INSIDE}/impersonation/impersonation.tsx`],
    docs: `${README}#visualizing-an-impersonation`,
    notWhen: 'Impersonation is off in the dashboard.',
  },
  'recent-auth': {
    title: 'Ask again before something serious',
    shows: 'A destructive action wants a sign-in of the last five minutes.',
    files: [`${INSIDE}/recent-auth/recent-auth.ts`, `${INSIDE}/recent-auth/sign-in/route.ts`],
    docs: `${README}#re-authentication`,
    notWhen: 'You need proof of a second factor: the token does not say how, only when.',
  },
  'validate-api-key': {
    title: 'Accept API keys',
    shows:
      'A route for customers’ programs: what cannot be a key costs no call, a valid key one in ten seconds.',
    files: [`${APP}/api/validate-api-key/validate-api-key.ts`],
    docs: `${README}#validate-an-api-key`,
    notWhen: 'A person’s browser calls: it has a session.',
  },
  'cookie-domain': {
    title: 'Set the cookie’s domain, name and SameSite',
    shows:
      'WORKOS_COOKIE_NAME, _DOMAIN, _SAMESITE and _MAX_AGE, checked at the start: one session over subdomains. Inside an iframe also takes frame-ancestors, and a browser that allows third-party cookies.',
    files: ['src/env.ts', 'next.config.ts'],
    docs: `${README}#optional-configuration`,
    notWhen: 'One host: a cookie without a domain is seen by it alone.',
  },
} satisfies Record<string, Pattern>;

export type PatternId = keyof typeof patterns;

const patternIds = Object.keys(patterns) as PatternId[];

/** Links are plain `<a>`: a `<Link>` would fetch a page that redirects to AuthKit across origins, a CORS error. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="top">
        <PlainLink className="brand" href="/">
          AuthKit examples <span>nextjs-proxy</span>
        </PlainLink>
        <nav aria-label="You">
          <PlainLink href="/account">Your account</PlainLink>
        </nav>
      </header>
      <div className="columns">
        <nav className="patterns" aria-label="Patterns">
          <PatternList />
        </nav>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}

export function PatternList() {
  return (
    <ul>
      {patternIds.map((id) => (
        <li key={id}>
          <PlainLink href={`/${id}`}>{patterns[id].title}</PlainLink>
        </li>
      ))}
    </ul>
  );
}

/** A page about one pattern: what it shows, the live result, the file to copy, when not to use it. */
export function PatternPage({ id, children }: { id: PatternId; children: ReactNode }) {
  const { title, shows, files, docs, notWhen }: Pattern = patterns[id];
  return (
    <article>
      <p className="id">nextjs/{id}</p>
      <h1>{title}</h1>
      <p className="lead">{shows}</p>
      {children}
      <dl className="facts">
        <dt>Copy</dt>
        <dd>
          {files.map((file) => (
            <code key={file}>{file}</code>
          ))}
        </dd>
        <dt>Not when</dt>
        <dd>{notWhen}</dd>
        <dt>Document</dt>
        <dd>
          <a href={docs}>{docs.replace('https://', '')}</a>
        </dd>
      </dl>
    </article>
  );
}

/** A box with a live result. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Names and values; what is absent says so instead of staying empty. */
export function Facts({ facts }: { facts: Record<string, ReactNode> }) {
  return (
    <dl className="facts">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === undefined || value === null || value === '' ? <i>none</i> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
