import { getSignInUrl } from '@workos-inc/authkit-nextjs';

// trap/cookies-in-server-component
export default async function Page() {
  return <a href={await getSignInUrl()}>Sign in</a>;
}
