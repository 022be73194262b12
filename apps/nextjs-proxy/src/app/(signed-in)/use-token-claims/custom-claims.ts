// nextjs/use-token-claims — https://workos.com/docs/authkit/jwt-templates
/** What this environment's JWT template adds to every access token. Keep it and the template together. */
export interface CustomClaims {
  plan?: string;
  organization_name?: string;
}
