import { z } from 'zod';
import type { AppContext } from './environment.ts';
import { apiError, invalidRequest } from './errors.ts';

/**
 * Reads the fields of a body, JSON or form, and checks them. An empty body has no fields: the SDK sends one with a JSON
 * content type where nothing is to be said.
 *
 * @throws 400 for JSON that does not parse, 422 with one entry a field that does not fit.
 */
export async function readBody<T extends z.ZodType>(
  c: AppContext,
  schema: T,
): Promise<z.output<T>> {
  const result = schema.safeParse(await readFields(c));
  if (result.success) return result.data;
  throw invalidRequest(
    result.error.issues.map((issue) => {
      const field = issue.path.join('.') || 'body';
      const missing = issue.code === 'invalid_type' && issue.input === undefined;
      return {
        field,
        code: missing ? `${field}_required` : `invalid_${field}`,
        message: missing ? `${field} is required` : `${field}: ${issue.message}`,
      };
    }),
  );
}

/** The fields of a body as they were sent. */
export async function readFields(c: AppContext): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  if (c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw apiError(400, 'invalid_json', 'The body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw apiError(400, 'invalid_json', 'The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
}

/** Strings by key; a null removes the key, as in WorkOS. */
export const metadataSchema = z.record(z.string(), z.string().nullable());

/** Applies a metadata patch to what is there. */
export function mergeMetadata(
  current: Record<string, string>,
  patch: Record<string, string | null> | null | undefined,
): Record<string, string> {
  if (patch === null) return {};
  const merged: Record<string, string | null> = { ...current, ...patch };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
