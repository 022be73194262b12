/**
 * Next.js calls this once, before `next dev` or `next start` answers anything.
 *
 * @see https://nextjs.org/docs/app/guides/instrumentation
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { hideErrorFields } = await import('./hide-error-fields');
    hideErrorFields();
    const { stopOnProblems } = await import('./stop-on-problems');
    stopOnProblems();
  }
}
