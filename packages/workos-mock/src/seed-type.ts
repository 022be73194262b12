/** Written by seed.test.ts from the schema in seed.ts. */

export type _Schema0 =
  | string
  | number
  | boolean
  | null
  | _Schema0[]
  | {
      [k: string]: _Schema0;
    };
export type _Schema1 =
  | string
  | number
  | boolean
  | null
  | _Schema1[]
  | {
      [k: string]: _Schema1;
    };

export interface Seed {
  /**
   * Where editors find this schema.
   */
  $schema?: string;
  clientId?: string;
  apiKey?: string;
  /**
   * Where codes may be sent. "*" stands for one subdomain, any port, or any path.
   */
  redirectUris?: string[];
  /**
   * Where people may be sent after sign-out; the first one without "*" is the default.
   */
  logoutUris?: string[];
  corsOrigins?: string[];
  permissions?: {
    slug: string;
    name?: string;
    description?: string;
  }[];
  roles?: {
    slug: string;
    name?: string;
    description?: string;
    permissions?: string[];
  }[];
  organizations?: {
    id?: string;
    name: string;
    domains?: string[];
    externalId?: string;
    /**
     * Whether its people must sign in at its identity provider.
     */
    ssoRequired?: boolean;
    metadata?: {
      [k: string]: string;
    };
  }[];
  users?: {
    id?: string;
    email: string;
    firstName?: string;
    lastName?: string;
    /**
     * In the clear: seeded people are made up.
     */
    password?: string;
    /**
     * True when left out.
     */
    emailVerified?: boolean;
    profilePictureUrl?: string;
    externalId?: string;
    locale?: string;
    metadata?: {
      [k: string]: string;
    };
    /**
     * Whether the hosted page offers to impersonate others in this person’s name.
     */
    canImpersonate?: boolean;
    memberships?: {
      /**
       * The id or the name of a seeded organization.
       */
      organization: string;
      /**
       * The slug of a role; "member" when left out.
       */
      role?: string;
      status?: 'active' | 'inactive' | 'pending';
    }[];
  }[];
  featureFlags?: {
    slug: string;
    name?: string;
    description?: string;
    enabled?: boolean;
    defaultValue?: boolean;
    /**
     * E-mail addresses it is on for.
     */
    users?: string[];
    /**
     * Ids or names it is on for.
     */
    organizations?: string[];
  }[];
  apiKeys?: {
    id?: string;
    name: string;
    value: string;
    organization: string;
    permissions?: string[];
  }[];
  invitations?: {
    email: string;
    organization?: string;
    role?: string;
    token?: string;
  }[];
  /**
   * Single sign-on: the identity providers of organizations.
   */
  connections?: {
    id?: string;
    name: string;
    organization: string;
    /**
     * As WorkOS names it; "OktaSAML" when left out.
     */
    type?: string;
    state?: 'active' | 'inactive';
    domains?: string[];
  }[];
  /**
   * Directory Sync: the people that organizations keep elsewhere.
   */
  directories?: {
    id?: string;
    name: string;
    organization: string;
    /**
     * "okta scim v2.0" when left out.
     */
    type?: string;
    domain?: string;
    /**
     * The names of its groups.
     */
    groups?: string[];
    users?: {
      id?: string;
      email: string;
      firstName?: string;
      lastName?: string;
      state?: 'active' | 'suspended' | 'inactive';
      role?: string;
      groups?: string[];
      /**
       * Passed on as they are, e.g. { "job_title": "Engineer" }.
       */
      customAttributes?: {
        [k: string]: _Schema0;
      };
    }[];
  }[];
  /**
   * Buttons of the sign-in page, as WorkOS names them, e.g. "GoogleOAuth".
   */
  socialProviders?: string[];
  /**
   * Whether everybody must have a second factor.
   */
  mfaRequired?: boolean;
  /**
   * Custom claims, e.g. { "name": "{{ user.first_name }}" }; as text where it is not JSON.
   */
  jwtTemplate?:
    | {
        [k: string]: _Schema1;
      }
    | string;
}
