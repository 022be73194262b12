import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts, Languages } from '../../../demo';
import { PlainLink } from '../../../plain-link';
import { translatorOf } from '../../../translator';
import { signOutAction } from '../../sign-out/sign-out';

export async function generateMetadata(props: PageProps<'/[locale]/account'>): Promise<Metadata> {
  return { title: translatorOf(await props.params).t('account.title') };
}

export default async function AccountPage({ params }: PageProps<'/[locale]/account'>) {
  const { t } = translatorOf(await params);
  const { user, organizationId, role } = await withAuth({ ensureSignedIn: true });
  return (
    <article>
      <h1>{t('account.title')}</h1>
      <Card title={t('account.greeting', { name: user.firstName ?? user.email })}>
        <Facts
          facts={{
            [t('account.email')]: user.email,
            [t('account.organization')]: organizationId && (
              <PlainLink href={`/t/${organizationId}`}>{organizationId}</PlainLink>
            ),
            [t('account.role')]: role,
          }}
        />
      </Card>
      <form action={signOutAction} className="actions">
        <button className="button">{t('account.signOut')}</button>
      </form>
      <Languages page="/account" />
    </article>
  );
}
