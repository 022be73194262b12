/**
 * Fills a JWT template: every `{{ path.to.value }}` in a string becomes the value found there. A string that is one
 * expression alone keeps the value's type; a value that is missing leaves its claim out.
 *
 * @param template As in the dashboard, e.g. `{ "plan": "{{ organization.metadata.plan }}" }`.
 * @param values What expressions may name: `user`, `organization`, `organization_membership`.
 * @see https://workos.com/docs/authkit/jwt-templates
 */
export function fillTemplate(
  template: Record<string, unknown>,
  values: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(template)
      .map(([key, value]) => [key, fill(value, values)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function fill(value: unknown, values: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (typeof value === 'object' && value !== null) {
    return fillTemplate(value as Record<string, unknown>, values);
  }
  if (typeof value !== 'string') return value;
  const whole = /^\{\{\s*([\w.]+)\s*\}\}$/.exec(value);
  if (whole) return lookUp(values, whole[1]!) ?? undefined;
  return value.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, path: string) =>
    String(lookUp(values, path) ?? ''),
  );
}

function lookUp(values: Record<string, unknown>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string, unknown>)[key];
  }, values);
}
