// nextjs/rewrites — https://github.com/workos/authkit-nextjs#advanced-composition
/**
 * AuthKit's headers for a response that starts no sign-in. For who is signed out, `authkit()` always prepares one; only
 * `handleAuthkitProxy()` takes its cookie out again. With `partitionAuthkitHeaders()` alone, each public page leaves a cookie of
 * half a kilobyte in the browser, and no cache may keep the page.
 *
 * @param headers What `authkit()` returned; stays as it is.
 */
export function withoutVerifier(headers: Headers): Headers {
  const rest = new Headers(headers);
  rest.delete('set-cookie');
  for (const line of headers.getSetCookie()) {
    if (!line.startsWith('wos-auth-verifier')) rest.append('set-cookie', line);
  }
  return rest;
}
