import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';

// trap/manual-redirect-drops-verifier
export async function GET() {
  return NextResponse.redirect(await getSignInUrl());
}
