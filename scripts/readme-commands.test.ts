import { describe, expect, test } from 'vitest';
import { commandsOf, portsOf, reasonNotToRun } from './readme-commands.ts';

const texts = (...lines: string[]) => commandsOf(lines.join('\n')).map(({ text }) => text);

test('commands are the lines of a sh block, whole ones', () => {
  const document = [
    '```sh',
    'npm install   # once',
    '',
    'curl localhost:4100 \\',
    "  -d '{",
    "}'",
    'token() { cat |',
    '  sed s/a/b/; }',
    '```',
  ];

  expect(texts(...document)).toEqual([
    'npm install   # once',
    "curl localhost:4100 \\\n  -d '{\n}'",
    'token() { cat |\n  sed s/a/b/; }',
  ]);
});

test('code in a sentence is a command when it begins with a program and goes on', () => {
  const document =
    'Run `npx` or `npm\nrun x`, `PORT=1 npx y`, not `node_modules`, `npx-like z` or `ls`.';

  expect(texts(document)).toEqual(['npm run x', 'PORT=1 npx y']);
});

test('other blocks and comments are not read', () => {
  const document = [
    '```ts',
    'run(`npx a b`);',
    '```',
    '<!-- alone',
    '```sh',
    'npm install',
    '```',
    '-->',
    'with<!-- monorepo --> `npx here`<!-- /monorepo --><!-- alone `npx there`-->',
  ];

  expect(texts(...document)).toEqual(['npx here']);
});

test('a table whose heading says what comes before', () => {
  const document = [
    '| Command (after `npx pnpm@12`) | What it does |',
    '| ----------------------------- | ------------ |',
    '| `check`, `fix`                | `this`       |',
    '',
    '| `other` |',
  ];

  expect(texts(...document)).toEqual(['npx pnpm@12 check', 'npx pnpm@12 fix']);
});

test('a document may send its reader to the root of the repository', () => {
  const document = 'First `npm test`. From the root of the\nrepository `npm start`.';

  expect(commandsOf(document)).toEqual([
    { text: 'npm test', inRoot: false },
    { text: 'npm start', inRoot: true },
  ]);
});

test('what is not run has a reason', () => {
  expect(reasonNotToRun('npx pnpm@12 new <app> <folder>', true)).toContain('placeholder');
  expect(reasonNotToRun('wrangler deploy', true)).toContain('Cloudflare');
  expect(reasonNotToRun('npx pnpm@12 soak --full', true)).toContain('every week');
  expect(reasonNotToRun('npx pnpm@12 test', false)).toMatch(/takes \d+ minutes, --all runs it/);
  expect(reasonNotToRun('npx pnpm@12 test', true)).toBeUndefined();
  expect(reasonNotToRun('npx pnpm@12 --filter go-client test', false)).toBeUndefined();
});

describe('what goes on until it is ended', () => {
  test.for([
    ['npx pnpm@12 dev', [4100, 3000, 3001, 3002, 5173, 8787]],
    ['NEXTJS_PROXY_PORT=3030 npx -y pnpm@12 dev --filter nextjs-proxy', [4100, 3030]],
    ['npx pnpm@12 mock                 # in one terminal', [4100]],
    ['npx workos-mock  # in one terminal', [4100]],
    ['npx workos-mock --port 4200 --namespaces 2', [4200, 4201]],
  ] as const)('%s', ([command, ports]) => expect(portsOf(command)).toEqual(ports));

  test('npm run dev in a copy', () =>
    expect(portsOf('npm run dev', 'worker')).toEqual([4100, 8787]));

  test.for([
    'npx workos-mock seed --to cli',
    'npx pnpm@12 --filter workos-mock bench',
    'npx pnpm@12 check',
    'npm run development',
  ])('not %s', (command) => expect(portsOf(command)).toBeUndefined());
});
