// nextjs/rewrites — https://github.com/workos/authkit-nextjs#advanced-composition
import {
  applyResponseHeaders,
  type AuthkitResponse,
  partitionAuthkitHeaders,
} from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';
import { withoutVerifier } from './without-verifier';

const TENANT_PATH = /^\/t\/([\w-]+)(\/.*)?$/;

/**
 * Serves `/t/org_123/…` from `/tenants/org_123/…`. `withAuth()` works there, because AuthKit's headers go on with the
 * rewritten request; what is meant for the browser goes on with the response.
 *
 * @param headers What `authkit()` returned.
 * @returns The rewrite, 404 for an organization that this session is not in, nothing for other paths.
 */
export function rewriteTenant(
  request: NextRequest,
  headers: Headers,
  session: AuthkitResponse['session'],
): NextResponse | undefined {
  const [, tenant, rest = ''] = TENANT_PATH.exec(request.nextUrl.pathname) ?? [];
  // The page itself is nobody's address: it would be a way around this check.
  const isHidden = request.nextUrl.pathname.startsWith('/tenants');
  if (!tenant && !isHidden) return;
  const { requestHeaders, responseHeaders } = partitionAuthkitHeaders(
    request,
    withoutVerifier(headers),
  );
  // Whether there is such an organization is no business of who is not in it.
  const target =
    tenant && tenant === session.organizationId ? `/tenants/${tenant}${rest}` : '/no-such-page';
  const url = new URL(target + request.nextUrl.search, request.url);
  return applyResponseHeaders(
    NextResponse.rewrite(url, { request: { headers: requestHeaders } }),
    responseHeaders,
  );
}
