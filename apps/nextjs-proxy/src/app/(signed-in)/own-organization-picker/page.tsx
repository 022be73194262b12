import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Card, patterns, PatternPage } from '../../../demo';
import { PlainLink } from '../../../plain-link';
import { organizationsOf } from '../get-workos/get-workos';
import { pickOrganization } from './own-organization-picker';

export const metadata: Metadata = { title: patterns['own-organization-picker'].title };

export default async function OwnOrganizationPickerPage({
  searchParams,
}: PageProps<'/own-organization-picker'>) {
  const { user, organizationId } = await withAuth({ ensureSignedIn: true });
  const mine = await organizationsOf(user.id);
  const remembered = (await cookies()).get('last-organization')?.value;
  // The cookie outlives a sign-out: whoever signs in next may be somebody else.
  const last = mine.find(({ id }) => id === remembered)?.id;
  const { refused, unavailable } = await searchParams;
  return (
    <PatternPage id="own-organization-picker">
      <Card title="Where do you want to work?">
        <form action={pickOrganization} className="actions">
          {mine.map(({ id, name }) => (
            <button
              key={id}
              className="button"
              name="organizationId"
              value={id}
              aria-pressed={id === organizationId}
            >
              {name}
              {id === last && ' (last time)'}
            </button>
          ))}
        </form>
        {mine.length === 0 && <p>You are in no organization.</p>}
        {refused && <p role="alert">That organization is not one of yours.</p>}
        {unavailable && (
          <p role="alert">WorkOS does not answer right now. You are still where you were.</p>
        )}
        {last && (
          <p>
            Next time,{' '}
            <PlainLink href={`/sign-in?returnTo=/own-organization-picker&organizationId=${last}`}>
              sign in straight to it
            </PlainLink>
            .
          </p>
        )}
      </Card>
    </PatternPage>
  );
}
