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

/** The page at an address, such as `/account` for `/de/konto`; the address itself where there is none. */
export function pageAt(pathname: string): string {
  const pages = Object.keys(routing.pathnames) as LocalizedPage[];
  const isAt = (page: LocalizedPage) =>
    routing.locales.some((locale) => addressOf(page, locale) === pathname);
  return pages.find(isAt) ?? pathname;
}
