import { authkitProxy } from '@workos-inc/authkit-nextjs';

/** As in the README of the SDK: no page is protected here, each asks for itself. */
export default authkitProxy();

export const config = { matcher: ['/((?!_next/static|_next/image|uncovered).*)'] };
