import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import { parse } from 'yaml';

/** An operation of the vendor's document, as far as it is used here. */
export interface Operation {
  parameters?: { name: string; schema?: { enum?: string[] } }[];
  responses: Record<string, { content?: Record<string, { schema: object }> } | undefined>;
}

/** The vendor's OpenAPI document. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

declare module 'vitest' {
  export interface ProvidedContext {
    openapi: OpenApiDocument;
  }
}

/** Reads `@workos/openapi-spec`: a second of work, done once a run and handed to every test file. */
export async function readOpenApiDocument(): Promise<OpenApiDocument> {
  const file = createRequire(import.meta.url).resolve('@workos/openapi-spec/spec');
  return parse(await readFile(file, 'utf8')) as OpenApiDocument;
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('openapi', await readOpenApiDocument());
}
