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

/** The fields of a body as they were sent. A body of another type than JSON or a form has none: nothing reads it. */
export async function readFields(c: AppContext): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') {
    return Object.fromEntries(new URLSearchParams(text));
  }
  if (type !== 'application/json') return {};
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

/**
 * Applies a metadata patch to what is there.
 *
 * @throws 400 `invalid_metadata` beyond ten pairs, keys of 40 and values of 600 characters, or ASCII.
 * @see https://workos.com/docs/authkit/metadata
 */
export function mergeMetadata(
  current: Record<string, string>,
  patch: Record<string, string | null> | null | undefined,
): Record<string, string> {
  if (patch === null) return {};
  const merged: Record<string, string | null> = { ...current, ...patch };
  const entries = Object.entries(merged).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const fits = ([key, value]: [string, string]) =>
    key.length <= 40 && value.length <= 600 && /^[\x20-\x7e]*$/.test(key + value);
  if (entries.length > 10 || !entries.every(fits)) {
    const message = 'Metadata has at most 10 pairs, keys of 40 and values of 600 ASCII characters.';
    throw apiError(400, 'invalid_metadata', message);
  }
  return Object.fromEntries(entries);
}
