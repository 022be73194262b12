import { z } from 'zod';
import type { Seed } from './seed-type.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9:_.-]*$/i, 'a slug, such as "posts:read"');
const metadata = z.record(z.string(), z.string());

const membershipSchema = z.strictObject({
  organization: z.string().describe('The id or the name of a seeded organization.'),
  role: z.string().optional().describe('The slug of a role; "member" when left out.'),
  status: z.enum(['active', 'inactive', 'pending']).optional(),
});

const userSchema = z.strictObject({
  id: z.string().startsWith('user_').optional(),
  email: z.email(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  password: z.string().optional().describe('In the clear: seeded people are made up.'),
  emailVerified: z.boolean().optional().describe('True when left out.'),
  profilePictureUrl: z.url().optional(),
  externalId: z.string().optional(),
  locale: z.string().optional(),
  metadata: metadata.optional(),
  canImpersonate: z
    .boolean()
    .optional()
    .describe('Whether the hosted page offers to impersonate others in this person’s name.'),
  memberships: z.array(membershipSchema).optional(),
});

const organizationSchema = z.strictObject({
  id: z.string().startsWith('org_').optional(),
  name: z.string().min(1),
  domains: z.array(z.string()).optional(),
  externalId: z.string().optional(),
  ssoRequired: z
    .boolean()
    .optional()
    .describe('Whether its people must sign in at its identity provider.'),
  metadata: metadata.optional(),
});

/** The schema of a seed: what a mock knows before the first request. */
export const seedSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema.'),
    clientId: z.string().startsWith('client_').optional(),
    apiKey: z.string().startsWith('sk_').optional(),
    redirectUris: z
      .array(z.string())
      .optional()
      .describe('Where codes may be sent. "*" stands for one subdomain, any port, or any path.'),
    logoutUris: z
      .array(z.string())
      .optional()
      .describe(
        'Where people may be sent after sign-out; the first one without "*" is the default.',
      ),
    corsOrigins: z.array(z.string()).optional(),
    permissions: z
      .array(
        z.strictObject({ slug, name: z.string().optional(), description: z.string().optional() }),
      )
      .optional(),
    roles: z
      .array(
        z.strictObject({
          slug,
          name: z.string().optional(),
          description: z.string().optional(),
          permissions: z.array(z.string()).optional(),
        }),
      )
      .optional(),
    organizations: z.array(organizationSchema).optional(),
    users: z.array(userSchema).optional(),
    featureFlags: z
      .array(
        z.strictObject({
          slug,
          name: z.string().optional(),
          description: z.string().optional(),
          enabled: z.boolean().optional(),
          defaultValue: z.boolean().optional(),
          users: z.array(z.string()).optional().describe('E-mail addresses it is on for.'),
          organizations: z.array(z.string()).optional().describe('Ids or names it is on for.'),
        }),
      )
      .optional(),
    apiKeys: z
      .array(
        z.strictObject({
          id: z.string().optional(),
          name: z.string(),
          value: z.string().startsWith('sk_'),
          organization: z.string(),
          permissions: z.array(z.string()).optional(),
        }),
      )
      .optional(),
    invitations: z
      .array(
        z.strictObject({
          email: z.email(),
          organization: z.string().optional(),
          role: z.string().optional(),
          token: z.string().optional(),
        }),
      )
      .optional(),
    connections: z
      .array(
        z.strictObject({
          id: z.string().startsWith('conn_').optional(),
          name: z.string().min(1),
          organization: z.string(),
          type: z.string().optional().describe('As WorkOS names it; "OktaSAML" when left out.'),
          state: z.enum(['active', 'inactive']).optional(),
          domains: z.array(z.string()).optional(),
        }),
      )
      .optional()
      .describe('Single sign-on: the identity providers of organizations.'),
    directories: z
      .array(
        z.strictObject({
          id: z.string().startsWith('directory_').optional(),
          name: z.string().min(1),
          organization: z.string(),
          type: z.string().optional().describe('"okta scim v2.0" when left out.'),
          domain: z.string().optional(),
          groups: z.array(z.string()).optional().describe('The names of its groups.'),
          users: z
            .array(
              z.strictObject({
                id: z.string().startsWith('directory_user_').optional(),
                email: z.email(),
                firstName: z.string().optional(),
                lastName: z.string().optional(),
                state: z.enum(['active', 'suspended', 'inactive']).optional(),
                role: z.string().optional(),
                groups: z.array(z.string()).optional(),
                customAttributes: z
                  .record(z.string(), z.json())
                  .optional()
                  .describe('Passed on as they are, e.g. { "job_title": "Engineer" }.'),
              }),
            )
            .optional(),
        }),
      )
      .optional()
      .describe('Directory Sync: the people that organizations keep elsewhere.'),
    socialProviders: z
      .array(z.string().endsWith('OAuth'))
      .optional()
      .describe('Buttons of the sign-in page, as WorkOS names them, e.g. "GoogleOAuth".'),
    mfaRequired: z.boolean().optional().describe('Whether everybody must have a second factor.'),
    jwtTemplate: z
      .union([z.record(z.string(), z.json()), z.string()])
      .optional()
      .describe(
        'Custom claims, e.g. { "name": "{{ user.first_name }}" }; as text where it is not JSON.',
      ),
  })
  .meta({ title: 'A seed of workos-mock' });

/** What a mock knows before the first request; a field that is left out is taken from the default seed's environment. */
export type { Seed };

/** A seed that cannot be used; the message is one line that names the place and the mend. */
export class SeedError extends Error {
  override name = 'SeedError';

  constructor(message: string) {
    // A name in the seed may have line breaks.
    super(message.replaceAll(/\s+/g, ' '));
  }
}

/**
 * Checks a seed from a file or from a test.
 *
 * @param value What was read, of any type.
 * @param source Where it comes from, for the message, e.g. the file's name.
 * @returns The seed, typed.
 * @throws SeedError naming the path of the first mistake, e.g. `seed.yaml: users[1].email: Invalid email address`.
 */
export function parseSeed(value: unknown, source = 'seed'): Seed {
  const result = seedSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new SeedError(
      `${source}: ${formatPath(issue?.path ?? [])}: ${issue?.message ?? 'invalid'}`,
    );
  }
  return result.data;
}

/** Writes a path as people read it: `users[1].memberships[0].role`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return text.replace(/^\./, '') || 'the file';
}
