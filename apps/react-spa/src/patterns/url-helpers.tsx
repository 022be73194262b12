// react/url-helpers — https://workos.com/docs/sdks/authkit-react#methods
import { useAuth } from '@workos-inc/authkit-react';
import { useState } from 'react';
import { signInPath } from '../return-path';

/**
 * Links to sign-in. Each URL of `getSignInUrl()` carries a new code challenge, and the tab has room for the verifier of one:
 * a URL works in this tab, until the next is made (trap/single-verifier-slot). So make it on the click that uses it; for a
 * link to copy or to open in another tab, link to your own sign-in endpoint, which makes it there.
 */
export function UrlHelpers({ returnTo }: { returnTo: string }) {
  const { isLoading, getSignInUrl, getSignUpUrl } = useAuth();
  const [copied, setCopied] = useState(false);

  const leaveFor = async (getUrl: typeof getSignInUrl) => {
    window.location.assign(await getUrl({ state: { returnTo } }));
  };
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(signInPath(returnTo), window.location.origin).href);
    setCopied(true);
  };

  return (
    <div className="actions">
      <button
        type="button"
        className="button"
        disabled={isLoading}
        onClick={() => void leaveFor(getSignInUrl)}
      >
        Sign in here
      </button>
      <button
        type="button"
        className="button"
        disabled={isLoading}
        onClick={() => void leaveFor(getSignUpUrl)}
      >
        Sign up here
      </button>
      <a className="button" href={signInPath(returnTo)} target="_blank" rel="noreferrer">
        Sign in in a new tab
      </a>
      <a
        className="button"
        href={signInPath(returnTo, { signUp: true })}
        target="_blank"
        rel="noreferrer"
      >
        Sign up in a new tab
      </a>
      <button type="button" className="button" onClick={() => void copyLink()}>
        Copy the link
      </button>
      <output>{copied && 'Copied.'}</output>
    </div>
  );
}
