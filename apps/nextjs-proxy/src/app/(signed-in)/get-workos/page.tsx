import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { organizationsOf } from './get-workos';
import { InviteForm } from './invite-form';

export const metadata: Metadata = { title: patterns['get-workos'].title };

export default async function GetWorkosPage() {
  const { user } = await withAuth({ ensureSignedIn: true });
  const mine = await organizationsOf(user.id);
  return (
    <PatternPage id="get-workos">
      <Card title="Your organizations">
        {mine.length === 0 && <p>None.</p>}
        <ul>
          {mine.map(({ id, name }) => (
            <li key={id}>
              {name} <code>{id}</code>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Invite somebody">
        <InviteForm />
      </Card>
    </PatternPage>
  );
}
