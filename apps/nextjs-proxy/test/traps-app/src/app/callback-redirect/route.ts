import { handleAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

// trap/redirect-in-on-success
export const GET = handleAuth({ onSuccess: () => redirect('/welcome') });
