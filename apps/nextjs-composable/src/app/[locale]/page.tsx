import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Card, Languages } from '../../demo';
import { addressOf } from '../../locales';
import { PlainLink } from '../../plain-link';
import { translatorOf } from '../../translator';

export async function generateMetadata({ params }: PageProps<'/[locale]'>): Promise<Metadata> {
  const { t } = translatorOf(await params);
  return { title: { absolute: t('home.title') } };
}

export default async function HomePage({ params }: PageProps<'/[locale]'>) {
  const { locale, t } = translatorOf(await params);
  return (
    <article>
      <h1>{t('home.title')}</h1>
      <p className="lead">{t('home.lead')}</p>
      <p className="actions">
        <PlainLink
          className="button primary"
          href={`/sign-in?returnTo=${encodeURIComponent(addressOf('/account', locale))}`}
        >
          {t('home.signIn')}
        </PlainLink>
      </p>
      <Card title={t('home.tryTitle')}>
        <ul>
          <li>{t.rich('home.tryAcme', { link: linkTo('/t/org_acme') })}</li>
          <li>{t.rich('home.tryGlobex', { link: linkTo('/t/org_globex') })}</li>
          <li>{t('home.tryLanguage')}</li>
        </ul>
      </Card>
      <Languages page="/" />
    </article>
  );
}

function linkTo(href: string) {
  return (words: ReactNode) => <PlainLink href={href}>{words}</PlainLink>;
}
