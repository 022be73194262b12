import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: unknown }> } | undefined>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: unknown;
}

/** One response that was held against the vendor's document. */
export interface CheckedResponse {
  /** For example `GET /user_management/users/{id}`. */
  operation: string;
  status: number;
}

/**
 * Holds responses against `@workos/openapi-spec`.
 *
 * @returns `check`, which throws when a response does not fit its schema, and what has been checked so far.
 */
export async function createSpecChecker() {
  const file = fileURLToPath(import.meta.resolve('@workos/openapi-spec/spec'));
  const document = parse(await readFile(file, 'utf8')) as Document;
  // The document's alternatives overlap (`{ message }` fits most errors), so "one of" can only mean "any of".
  const root = JSON.parse(JSON.stringify(document).replaceAll('"oneOf"', '"anyOf"')) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'spec', components: root.components }, 'spec');
  const validators = new Map<string, ValidateFunction>();
  const checked: CheckedResponse[] = [];

  const paths = Object.entries(root.paths).map(([path, operations]) => ({
    path,
    operations,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    // Fixed parts win over parameters: by_token is not an id.
    wildcards: path.split('{').length,
  }));
  paths.sort((a, b) => a.wildcards - b.wildcards);

  async function check(request: Request, response: Response): Promise<void> {
    const { pathname } = new URL(request.url);
    const match = paths.find(({ pattern }) => pattern.test(pathname));
    const method = request.method.toLowerCase();
    const operation = match?.operations[method];
    if (!match || !operation) return;
    const name = `${request.method} ${match.path}`;
    const expected = operation.responses[String(response.status)];
    // The document describes authentication once for all, not with each operation.
    if (!expected && response.status === 401) return;
    if (!expected) throw new Error(`${name}: the document has no status ${response.status}`);
    checked.push({ operation: name, status: response.status });
    const schema = expected.content?.['application/json']?.schema;
    if (!schema) return;
    const key = `${name} ${response.status}`;
    let validate = validators.get(key);
    if (!validate) {
      const resolved = JSON.parse(
        JSON.stringify(schema).replaceAll('"#/components', '"spec#/components'),
      ) as object;
      validators.set(key, (validate = ajv.compile(resolved)));
    }
    const body: unknown = await response.clone().json();
    if (!validate(body)) {
      throw new Error(`${key}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`);
    }
  }
  return { check, checked };
}
