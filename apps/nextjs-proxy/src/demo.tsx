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
    files: ['src/proxy.ts', 'src/unavailable.ts'],
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
    files: [`${INSIDE}/provider-initial-auth/provider-initial-auth.tsx`],
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
