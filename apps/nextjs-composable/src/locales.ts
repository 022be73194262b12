// See https://next-intl.dev/docs/routing/configuration
import type { Locale } from 'next-intl';
import { defineRouting } from 'next-intl/routing';

/** The languages of this app, and the addresses that differ between them. */
export const routing = defineRouting({
  locales: ['en', 'de'],
  defaultLocale: 'en',
  pathnames: { '/': '/', '/account': { en: '/account', de: '/konto' } },
  // The header would name the host of the request, which whoever sends it writes.
  alternateLinks: false,
});

declare module 'next-intl' {
  interface AppConfig {
    Locale: (typeof routing.locales)[number];
  }
}

/** A page that has an address in every language. */
export type LocalizedPage = keyof typeof routing.pathnames;

/** The address of a page in a language, such as `/de/konto`. */
export function addressOf(page: LocalizedPage, locale: Locale): string {
  const address = routing.pathnames[page];
  const path = typeof address === 'string' ? address : address[locale];
  return `/${locale}${path === '/' ? '' : path}`;
}

/** A path without its language, such as `/konto`; which pages are public does not depend on the language. */
export function withoutLocale(pathname: string): string {
  const [, locale = '', rest = ''] = /^\/([^/]+)(.*)$/.exec(pathname) ?? [];
  return routing.locales.some((known) => known === locale) ? rest || '/' : pathname;
}
