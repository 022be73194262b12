// Demo furniture: the frame around each page. Only pages and layouts import it: once they are yours, delete this file.
import type { Locale } from 'next-intl';
import type { ReactNode } from 'react';
import { addressOf, type LocalizedPage, routing } from './locales';
import { PlainLink } from './plain-link';
import { translatorOf } from './translator';

export function Frame({ locale, children }: { locale: Locale; children: ReactNode }) {
  const { t } = translatorOf({ locale });
  return (
    <>
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <header className="top">
        <PlainLink className="brand" href="/">
          AuthKit examples <span>nextjs-composable</span>
        </PlainLink>
        <nav aria-label="AuthKit">
          <PlainLink href={addressOf('/account', locale)}>{t('frame.account')}</PlainLink>
        </nav>
      </header>
      <main id="content" className="single" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

const LANGUAGES: Record<Locale, string> = { en: 'English', de: 'Deutsch' };

/** The same page in the other languages. */
export function Languages({ page }: { page: LocalizedPage }) {
  return (
    <p className="actions">
      {routing.locales.map((locale) => (
        <a key={locale} href={addressOf(page, locale)} hrefLang={locale} lang={locale}>
          {LANGUAGES[locale]}
        </a>
      ))}
    </p>
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
