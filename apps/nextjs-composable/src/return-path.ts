// ask/deep-link, nextjs/sign-in-endpoint — https://github.com/workos/authkit-nextjs#initiate-login-uri
/** Stands for this app while a path is resolved; nothing is ever sent there. */
const BASE = 'https://this-app.invalid';

/**
 * Makes sure that a path to return to stays in this app. It comes from a query or a form, so an attacker may have written
 * it: other hosts in every spelling that browsers accept (`//host`, `/\host`, control characters) are refused.
 *
 * @param value What the request carried.
 * @returns Path, query and hash; undefined when the value is not a path of this app.
 */
export function returnPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/') || !URL.canParse(value, BASE)) return;
  const url = new URL(value, BASE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === BASE && !path.startsWith('//') ? path : undefined;
}
