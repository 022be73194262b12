/** A template that WorkOS would not take; the message says where it goes wrong. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

/** Text, or what stands between `{{` and `}}`: values to try, one after the other. */
type Part = { text: string } | { choices: Choice[]; inString: boolean };
type Choice = { path: string } | { literal: string };

/** A string of JSON, or the next expression. The dot does not stop at the end of a line. */
const STRING_OR_EXPRESSION = /"(?:[^"\\{]|\\.|\{(?!\{)|\{\{.*?\}\})*"|\{\{.*?\}\}/gs;
const EXPRESSION = /\{\{(.*?)\}\}/gs;
/** `user.first_name`, `organization.domains.0.domain`, `'Guest'`, and what follows. */
const CHOICE = /^\s*(?:([A-Za-z_]\w*(?:\.\w+)*)|'([^']*)'|"([^"]*)")\s*(\|\||$)/;

/**
 * Fills a JWT template: JSON in which `{{ a.path || another.path || 'words' }}` becomes the first value that is there. Inside of
 * a string it becomes text, outside of one a value of its own type. A claim that comes out empty is left
 * out.
 *
 * @param template As in the dashboard, e.g. `{ "plan": "{{ organization.metadata.plan || 'free' }}", "who": {{ user.email }} }`.
 * @param values What expressions may name: `user`, `organization`, `organization_membership`.
 * @throws TemplateError for one that is no JSON when it is filled, or an object or list in the middle of a string.
 * @see https://workos.com/docs/authkit/jwt-templates
 */
export function fillTemplate(
  template: string,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const json = parse(template)
    .map((part) => {
      if ('text' in part) return part.text;
      const value = part.choices.map((choice) => valueOf(choice, values)).find(isThere);
      if (!part.inString) return JSON.stringify(value ?? null);
      if (typeof value === 'object') {
        throw new TemplateError('an object or a list stands inside of a string');
      }
      return JSON.stringify(String(value ?? '')).slice(1, -1);
    })
    .join('');
  let claims: unknown;
  try {
    claims = JSON.parse(json);
  } catch {
    throw new TemplateError('it is not JSON');
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new TemplateError('it is not a JSON object');
  }
  return Object.fromEntries(
    Object.entries(claims).filter(([, value]) => isThere(value) && value !== ''),
  );
}

/** What is an object or a list for everybody; metadata themselves are texts. */
const ANYBODY = {
  user: { metadata: {} },
  organization: { metadata: {}, domains: [] },
  organization_membership: { role: {}, custom_attributes: {} },
};

/** @throws TemplateError as `fillTemplate`, before there is anybody to fill it for. */
export function checkTemplate(template: string): void {
  fillTemplate(template, ANYBODY);
}

function parse(template: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: piece, index } of template.matchAll(STRING_OR_EXPRESSION)) {
    parts.push({ text: template.slice(end, index) });
    const inString = piece.startsWith('"');
    let done = 0;
    for (const { 0: whole, 1: inner = '', index: at } of piece.matchAll(EXPRESSION)) {
      parts.push({ text: piece.slice(done, at) }, { choices: choicesOf(inner, whole), inString });
      done = at + whole.length;
    }
    parts.push({ text: piece.slice(done) });
    end = index + piece.length;
  }
  parts.push({ text: template.slice(end) });
  return parts;
}

function choicesOf(inner: string, whole: string): Choice[] {
  const choices: Choice[] = [];
  let rest = inner;
  for (;;) {
    const [matched, path, single, double, more] = CHOICE.exec(rest) ?? [];
    if (matched === undefined) throw new TemplateError(`${whole} cannot be read`);
    choices.push(path === undefined ? { literal: single ?? double ?? '' } : { path });
    if (!more) return choices;
    rest = rest.slice(matched.length);
  }
}

function valueOf(choice: Choice, values: Record<string, unknown>): unknown {
  if ('literal' in choice) return choice.literal;
  return choice.path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string, unknown>)[key];
  }, values);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A template of a seed as text: there it may be written as the JSON that it mostly is. */
export function templateText(template: object | string): string {
  return typeof template === 'string' ? template : JSON.stringify(template);
}
