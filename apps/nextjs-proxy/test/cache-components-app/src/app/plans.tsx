// ask/cache-components — https://nextjs.org/docs/app/api-reference/directives/use-cache

/** May be shared: whoever gives the same argument gets the same. `withAuth()` in here stops `next build`, which is as it should be. */
export async function Plans({ organizationId }: { organizationId?: string }) {
  'use cache';
  return (
    <p>
      Plans {organizationId ? `of ${organizationId}` : 'for everybody'}, made at{' '}
      {new Date().toISOString()}
    </p>
  );
}
