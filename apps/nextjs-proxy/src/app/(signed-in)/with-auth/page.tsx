import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';
import { NoteForm } from './note-form';
import { readNotes } from './with-auth';
import { PlainLink } from '../../../plain-link';

export const metadata: Metadata = { title: patterns['with-auth'].title };

export default async function WithAuthPage() {
  const { user, organizationId, role } = await withAuth({ ensureSignedIn: true });
  const { notes = [], refusal } = await readNotes(organizationId ?? '');
  return (
    <PatternPage id="with-auth">
      <Card title="Server component">
        <Facts facts={{ 'E-mail address': user.email, Organization: organizationId, Role: role }} />
      </Card>
      <Card title="Server action">
        {refusal && <p>{refusal.message}</p>}
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
        {organizationId && <NoteForm organizationId={organizationId} />}
      </Card>
      <Card title="Route handler">
        <ul>
          {[organizationId, 'org_somebody_else'].filter(Boolean).map((id) => (
            <li key={id}>
              <PlainLink href={`/api/organizations/${id}/notes`}>
                GET /api/organizations/{id}/notes
              </PlainLink>
            </li>
          ))}
        </ul>
      </Card>
    </PatternPage>
  );
}
