// ask/compose-i18n — https://next-intl.dev/docs/routing/middleware#composing-other-middlewares
import { applyResponseHeaders, partitionAuthkitHeaders } from '@workos-inc/authkit-nextjs';
import createMiddleware from 'next-intl/middleware';
import { NextRequest, type NextResponse } from 'next/server';
import { routing } from './locales';
import { withoutVerifier } from './without-verifier';

const route = createMiddleware(routing);

/** Routes and pages outside `app/[locale]`. */
const ONE_LANGUAGE =
  /^\/(t|tenants|sign-in|callback|sign-in-failed|signed-out|unavailable|no-such-page)(\/|$)/;

/**
 * Lets next-intl choose the language, from the address, its cookie or Accept-Language, in this order: it redirects `/` to `/en`
 * and serves `/de/konto` from `/de/account`. `withAuth()` works there.
 *
 * @param headers What `authkit()` returned.
 * @returns What next-intl answers, with AuthKit's headers on both sides; nothing for paths that have one language.
 */
export function localize(request: NextRequest, headers: Headers): NextResponse | undefined {
  if (ONE_LANGUAGE.test(request.nextUrl.pathname)) return;
  const { requestHeaders, responseHeaders } = partitionAuthkitHeaders(
    request,
    withoutVerifier(headers),
  );
  // next-intl hands every header of its request on to the page. Given the browser's own request, it would hand on a forged
  // session, and AuthKit's would be missing.
  const authenticated = new NextRequest(request.nextUrl, { headers: requestHeaders });
  return applyResponseHeaders(route(authenticated), responseHeaders);
}
