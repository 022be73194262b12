import { readFile, writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { endpoints } from '../src/endpoints.ts';
import { type OpenApiDocument, readOpenApiDocument } from './openapi-document.ts';
import { eventNamesOf } from './openapi.ts';

const FILE = new URL('../SUPPORTED.md', import.meta.url);

/**
 * Writes SUPPORTED.md from what the tests of a run really held against the vendor's document: `--mode coverage` rewrites
 * the file, any other run of all tests fails when the file says something else.
 */
export default class SupportedReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(
    testModules: readonly TestModule[],
    errors: readonly unknown[],
    reason: 'passed' | 'interrupted' | 'failed',
  ): Promise<void> {
    const { config, logger } = this.#vitest!;
    const files = await this.#vitest!.globTestSpecifications();
    const isWhole = testModules.length === files.length && !config.testNamePattern;
    if (!isWhole || reason !== 'passed' || errors.length > 0) return;
    const answers = new Map<string, Set<number>>();
    const events = new Set<string>();
    for (const testModule of testModules) {
      for (const test of testModule.children.allTests('passed')) {
        // What a fuzzer happens to meet is not what a test asks for.
        if (test.fullName.includes('[fuzz/')) continue;
        const { checkedAnswers = [], checkedEvents = [] } = test.meta();
        for (const { operation, status } of checkedAnswers) {
          if (!answers.has(operation)) answers.set(operation, new Set());
          answers.get(operation)!.add(status);
        }
        for (const event of checkedEvents) events.add(event);
      }
    }
    const { summary, page } = describeSupport(await readOpenApiDocument(), answers, events);
    logger.log(` ${styleText('bold', 'OpenAPI')} ${summary}\n`);
    if (page === (await readFile(FILE, 'utf8').catch(() => ''))) return;
    if (config.mode === 'coverage') {
      await writeFile(FILE, page);
      return;
    }
    logger.error(
      'SUPPORTED.md is not what this run has checked: pnpm --filter workos-mock coverage',
    );
    process.exitCode = 1;
  }
}

function describeSupport(
  document: OpenApiDocument,
  answers: Map<string, Set<number>>,
  events: Set<string>,
) {
  const known = new Map(endpoints.map((endpoint) => [withoutNames(endpoint), endpoint]));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.responses)
      .map(([method, { responses }]) => {
        const name = `${method.toUpperCase()} ${path}`;
        const statuses = Object.keys(responses).map(Number);
        const checked = statuses.filter((status) => answers.get(name)?.has(status));
        const isThere = known.delete(withoutNames(name));
        return { name, statuses, checked, isThere };
      }),
  );
  const supported = operations.filter(({ isThere }) => isThere);
  const missing = operations.filter(({ isThere }) => !isThere);
  const answersChecked = supported.flatMap(({ checked }) => checked).length;
  const answersDescribed = supported.flatMap(({ statuses }) => statuses).length;
  const names = eventNamesOf(document);
  const told = names.filter((name) => events.has(name));
  const summary =
    `${supported.length} of ${operations.length} endpoints; ` +
    `${answersChecked} of their ${answersDescribed} answers and ${told.length} of ${names.length} events checked`;
  const page = `# What the mock supports

Written by the tests, from every answer and event that they held against WorkOS' OpenAPI document (\`@workos/openapi-spec\`):
${summary}. From the root of the repository,
\`npx pnpm@12 --filter workos-mock coverage\` writes it anew.

## Endpoints

What is not checked is described in the document and never answered by the mock on its own, and a test asks for it with
\`failNext\`: 403 for an API key or a plan without the right to it, 429 for a quota, and second names for an answer that is checked.

${table([
  ['Endpoint', 'Checked', 'Not checked'],
  ...supported.map(({ name, statuses, checked }) => {
    const rest = statuses.filter((status) => !checked.includes(status));
    return [`\`${name}\``, checked.join(' '), rest.join(' ')];
  }),
])}

## Endpoints beside the document

The SDKs call them and the document does not have them; the tests drive them through the SDKs.

${[...known.values()].map((endpoint) => `- \`${endpoint}\``).join('\n')}

## Answered with 501

${missing.map(({ name }) => `- \`${name}\``).join('\n')}

## Events

Told of: ${told.map((name) => `\`${name}\``).join(', ')}.

Not told of, because nothing in the mock makes them happen; \`sendEvent\` sends any: ${names
    .filter((name) => !events.has(name))
    .map((name) => `\`${name}\``)
    .join(', ')}.
`;
  return { summary, page };
}

/** A table as the formatter leaves it: every column as wide as its widest cell. */
function table([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** An endpoint with its parameters unnamed: the document and the routes name them differently. */
function withoutNames(endpoint: string): string {
  return endpoint.replaceAll(/\{\w+\}|:\w+/g, ':');
}
