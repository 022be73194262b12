// nextjs/dynamic-redirect-uri, ask/preview-redirect-uri — https://github.com/workos/authkit-nextjs#dynamic-redirect-uris
import type { NextRequest } from 'next/server';

/**
 * Where AuthKit sends the browser back to: the host that the person is on, if it is one of ours. A preview deployment signs in
 * to itself instead of to production. Enter the same hosts as redirect URIs in the dashboard, previews on a domain of your own
 * with a wildcard: `https://my-app-*.preview.example.com/callback`. On vercel.app, a public suffix, there is no wildcard.
 *
 * @param request Its Host header is written by whoever sends it, so it only ever chooses from the list.
 * @returns An absolute URL on an allowed host; NEXT_PUBLIC_WORKOS_REDIRECT_URI's for every other host.
 */
export function redirectUriFor(request: Pick<NextRequest, 'headers'>): string {
  const configured = new URL(process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI ?? '');
  const host = request.headers.get('host')?.toLowerCase() ?? '';
  if (!allowedHosts(configured.host).has(host)) return configured.href;
  // A whole new origin: setting `host` on a URL keeps the port that was there.
  return new URL(configured.pathname, `${configured.protocol}//${host}`).href;
}

/** The configured host, those in ALLOWED_HOSTS, and on a Vercel preview the two names that Vercel gives the deployment. */
function allowedHosts(configured: string): Set<string> {
  const { ALLOWED_HOSTS = '', VERCEL_ENV, VERCEL_URL, VERCEL_BRANCH_URL } = process.env;
  const preview = VERCEL_ENV === 'preview' ? [VERCEL_URL, VERCEL_BRANCH_URL] : [];
  const listed = [configured, ...ALLOWED_HOSTS.split(','), ...preview];
  return new Set(listed.flatMap((host) => host?.trim().toLowerCase() || []));
}
