// react/token-refresh — https://workos.com/docs/sdks/authkit-react#error-classes
import { LoginRequiredError } from '@workos-inc/authkit-react';

/** Whether the person has to sign in; trying again does not help. */
export function needsSignIn(error: unknown): boolean {
  return error instanceof LoginRequiredError;
}

/**
 * Whether a refresh failed in passing, with the session kept: the network, a time-out, 429 or 5xx. Try again later.
 *
 * By its fields, because authkit-react does not export the SDK's RefreshError. Without a network it is fetch's TypeError, and
 * the parser's SyntaxError for an answer that was cut off on its way.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof SyntaxError) return true;
  return error instanceof Error && 'isTransient' in error && error.isTransient === true;
}
