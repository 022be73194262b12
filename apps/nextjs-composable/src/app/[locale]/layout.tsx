// See https://next-intl.dev/docs/routing/setup
import type { Metadata } from 'next';
import { hasLocale } from 'next-intl';
import { notFound } from 'next/navigation';
import { Frame } from '../../demo';
import { routing } from '../../locales';
import '../styles.css';

export const metadata: Metadata = {
  title: {
    default: 'AuthKit beside your own proxy',
    template: '%s · AuthKit beside your own proxy',
  },
};

export const dynamicParams = false;

export function generateStaticParams() {
  return routing.locales.map((locale) => ({ locale }));
}

export default async function LocaleLayout({ children, params }: LayoutProps<'/[locale]'>) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  return (
    <html lang={locale}>
      <body>
        <Frame locale={locale}>{children}</Frame>
      </body>
    </html>
  );
}
