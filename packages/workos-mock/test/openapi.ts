import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Event } from '../src/entities.ts';
import { eventResponse } from '../src/responses.ts';
import type { OpenApiDocument } from './openapi-document.ts';

/** One answer that was held against the vendor's document. */
export interface CheckedAnswer {
  /** For example `GET /user_management/users/{id}`. */
  operation: string;
  status: number;
}

/**
 * What production answers and the document leaves out, by status: it describes authentication once for all operations, and
 * for some operations neither an id that names nothing nor a request that does not fit.
 */
const UNDOCUMENTED: Record<number, RegExp> = {
  400: /^GET .*\/(authorize|logout)$/,
  401: /./,
  404: /\{\w+\}|^GET \/directory|\/auth_factors$|_domains$/,
  409: /^POST \/user_management\/organization_memberships$/,
  422: /^GET |^POST \/organization_domains$/,
};

/**
 * Holds answers and events against `@workos/openapi-spec`.
 *
 * @param document As `readOpenApiDocument` reads it.
 * @returns `checkAnswer` and `checkEvent`; both throw when something does not fit its schema.
 */
export function createSpecChecker(document: OpenApiDocument) {
  // The document's alternatives overlap (`{ message }` fits most errors), so "one of" can only mean "any of".
  const root = JSON.parse(
    JSON.stringify(document).replaceAll('"oneOf"', '"anyOf"'),
  ) as OpenApiDocument;
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'spec', components: root.components }, 'spec');
  const validators = new Map<string, ValidateFunction>();

  const paths = Object.entries(root.paths).map(([path, operations]) => ({
    path,
    operations,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    // Fixed parts win over parameters: by_token is not an id.
    wildcards: path.split('{').length,
  }));
  paths.sort((a, b) => a.wildcards - b.wildcards);

  const events = new Map(
    eventSchemasOf(root).map((schema) => [schema.properties.event.const, schema]),
  );

  function validate(name: string, schema: object, value: unknown): void {
    let fits = validators.get(name);
    if (!fits) {
      const resolved = JSON.parse(
        JSON.stringify(schema).replaceAll('"#/components', '"spec#/components'),
      ) as object;
      validators.set(name, (fits = ajv.compile(resolved)));
    }
    if (fits(value)) return;
    throw new Error(`${name}: ${ajv.errorsText(fits.errors)}\n${JSON.stringify(value)}`);
  }

  /** @returns What was checked; null for an endpoint or a status that the document does not describe. */
  async function checkAnswer(request: Request, response: Response): Promise<CheckedAnswer | null> {
    const { pathname } = new URL(request.url);
    const path = paths.find(({ pattern }) => pattern.test(pathname));
    const described = path?.operations[request.method.toLowerCase()];
    if (!path || !described || response.status === 501) return null;
    const operation = `${request.method} ${path.path}`;
    const { status } = response;
    const expected = described.responses[String(status)];
    if (!expected) {
      if (UNDOCUMENTED[status]?.test(operation)) return null;
      throw new Error(`${operation}: the document has no status ${status}`);
    }
    const schema = expected.content?.['application/json']?.schema;
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    if (schema && isJson) {
      const body: unknown = await response.clone().json();
      // What cannot be read never came to an endpoint.
      if ((body as { code?: string }).code === 'invalid_json') return null;
      validate(`${operation} ${status}`, schema, withoutBareKeys(body));
    }
    return { operation, status };
  }

  function checkEvent(event: Event): void {
    const schema = events.get(event.event);
    if (!schema) throw new Error(`The document has no event "${event.event}".`);
    validate(event.event, schema, eventResponse(event));
  }

  return { checkAnswer, checkEvent };
}

/** A body without the keys that `rotateKeys` made on the spot: the document wants certificates, and those have none. */
function withoutBareKeys(body: unknown): unknown {
  const { keys } = body as { keys?: object[] };
  return Array.isArray(keys) ? { keys: keys.filter((key) => 'x5c' in key) } : body;
}

/** Every event that the document knows. */
export function eventNamesOf(document: OpenApiDocument): string[] {
  return eventSchemasOf(document).map(({ properties }) => properties.event.const);
}

interface EventSchema {
  properties: { event: { const: string } };
}

function eventSchemasOf(document: OpenApiDocument): EventSchema[] {
  const { allOf } = document.components.schemas.EventSchema as {
    allOf: { oneOf?: EventSchema[]; anyOf?: EventSchema[] }[];
  };
  return allOf.flatMap(({ oneOf, anyOf }) => oneOf ?? anyOf ?? []);
}
