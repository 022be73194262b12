// See https://next-intl.dev/docs/environments/core-library
import { hasLocale, type Locale } from 'next-intl';
import { createTranslator } from 'use-intl/core';
import de from '../messages/de.json';
import en from '../messages/en.json';
import { routing } from './locales';

const messages: Record<Locale, typeof en> = { de, en };

/**
 * The words of one language. next-intl's `useTranslations()` does the same and more; it needs next-intl's plugin in
 * next.config.ts, which a proxy does not.
 *
 * @param params Of a page below `app/[locale]`.
 * @returns The language, English for one that this app does not have, and a function from key to words.
 */
export function translatorOf({ locale: asked }: { locale: string }) {
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  return { locale, t: createTranslator({ locale, messages: messages[locale] }) };
}
