import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Card } from '../../../../demo';
import { NoteForm } from './note-form';
import { notesOf } from './notes';

export const metadata: Metadata = { title: 'Tenant' };

/** Reached through the rewrite of rewrite-tenant.ts alone; asks again, because a page must not lean on the proxy. */
export default async function TenantPage({ params }: PageProps<'/tenants/[tenant]'>) {
  const [{ tenant }, { user, organizationId }] = await Promise.all([params, withAuth()]);
  if (!user || tenant !== organizationId) notFound();
  return (
    <article>
      <h1>{tenant}</h1>
      <p className="lead">
        Served from <code>/tenants/{tenant}</code> to {user.email}.
      </p>
      <Card title="Notes">
        <ul>
          {Array.from(notesOf(tenant).entries(), ([number, note]) => (
            <li key={number}>{note}</li>
          ))}
        </ul>
        <NoteForm />
      </Card>
    </article>
  );
}
