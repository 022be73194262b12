import { withAuth } from '@workos-inc/authkit-nextjs';
import { Suspense } from 'react';
import { Plans } from '../plans';

/** The session is read outside of the cache, and only what may be shared goes in, as an argument: it becomes part of the key. */
async function PlansOfMine() {
  const { organizationId } = await withAuth();
  return <Plans organizationId={organizationId ?? 'nobody'} />;
}

export default function OrganizationPage() {
  return (
    <Suspense fallback={<p>One moment…</p>}>
      <PlansOfMine />
    </Suspense>
  );
}
