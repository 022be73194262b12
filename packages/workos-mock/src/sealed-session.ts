import * as iron from 'iron-webcrypto';
import type { authenticationResponse } from './sessions.ts';

/** The version that iron-session, whose format the SDKs use, appends to a seal. */
const SEAL_VERSION = '~2';

/**
 * Seals a session as the SDKs keep it in their cookie, so that a test can sign a browser in without a page.
 *
 * @param response What the authenticate endpoint answers.
 * @param password WORKOS_COOKIE_PASSWORD of the app: 32 characters or more.
 * @see https://workos.com/docs/authkit/testing
 */
export async function sealSession(
  response: Awaited<ReturnType<typeof authenticationResponse>>,
  password: string,
): Promise<string> {
  const { user, impersonator } = response;
  const session = {
    organizationId: response.organization_id,
    accessToken: response.access_token,
    refreshToken: response.refresh_token,
    authenticationMethod: response.authentication_method,
    impersonator,
    user: {
      object: user.object,
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified,
      firstName: user.first_name,
      lastName: user.last_name,
      profilePictureUrl: user.profile_picture_url,
      lastSignInAt: user.last_sign_in_at,
      externalId: user.external_id,
      locale: user.locale,
      // What the SDK makes of a person without metadata.
      metadata: {},
      createdAt: user.created_at,
      updatedAt: user.updated_at,
    },
  };
  const sealed = await iron.seal(session, { id: '1', secret: password }, iron.defaults);
  return `${sealed}${SEAL_VERSION}`;
}
