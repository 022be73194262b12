// See https://github.com/workos/authkit-nextjs#initiate-login-uri
import type { ReactNode } from 'react';

/**
 * A link to where a person may have to sign in: the sign-in route itself, and every protected page. `<Link>` fetches its
 * target, on hover and on click, with `prefetch={false}` too; the fetch follows the redirect to AuthKit, another origin, and
 * logs a CORS error. A plain link navigates.
 *
 * @param href A path of this app; empty for the page that is shown, again.
 */
export function PlainLink(props: { href: string; className?: string; children: ReactNode }) {
  const { href, className, children } = props;
  return (
    <a href={href} className={className}>
      {children}
    </a>
  );
}
