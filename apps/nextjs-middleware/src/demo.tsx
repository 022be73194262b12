// Demo furniture: the frame around each page. Only pages and layouts import it: once they are yours, delete this file.
import type { ReactNode } from 'react';
import { PlainLink } from './plain-link';

export function Frame({ children }: { children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="top">
        <PlainLink className="brand" href="/">
          AuthKit examples <span>nextjs-middleware</span>
        </PlainLink>
        <nav aria-label="You">
          <PlainLink href="/account">Your account</PlainLink>
        </nav>
      </header>
      <main id="content" className="single" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

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
