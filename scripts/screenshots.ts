import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { createControl } from 'workos-mock';
import { findChromium } from 'workos-mock/browser';
import { watchContext } from 'workos-mock/playwright';

/**
 * Takes the README's pictures into docs/screenshots: starts two apps and the mock as `pnpm dev` does, walks through a sign-in
 * in a light and in a dark browser, and stops them. A page that reports an error, or a picture too large, fails it.
 */

const FOLDER = 'docs/screenshots';
/** A README is read over the network too. In bytes. */
const LARGEST = 150_000;
/** For the first compilation of a page. In milliseconds. */
const PATIENCE = 60_000;

const mock = await portNear(4100);
const next = await portNear(3000);
const spa = await portNear(5173);
const [mockUrl, nextUrl, spaUrl] = [mock, next, spa].map((port) => `http://localhost:${port}`) as [
  string,
  string,
  string,
];

const apps = spawn('turbo', ['dev', '--filter=nextjs-proxy', '--filter=react-spa'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    WORKOS_API_PORT: String(mock),
    NEXTJS_PROXY_PORT: String(next),
    REACT_SPA_PORT: String(spa),
  },
});
const ended = new Promise<void>((done) => {
  apps.once('error', () => done());
  apps.once('exit', () => done());
});
try {
  await Promise.race([
    Promise.all([mockUrl, nextUrl, spaUrl].map(untilItAnswers)),
    ended.then(() => {
      throw new Error('`turbo dev` ended before the apps answered; its last lines say why.');
    }),
  ]);
  await takeAll();
} finally {
  // On the first signal Turborepo waits for the apps to finish, on the second for nobody. Not SIGINT, which it does not see
  // where a script runs this in the background.
  apps.kill('SIGTERM');
  await Promise.race([ended, setTimeout(5_000, undefined, { ref: false })]);
  apps.kill('SIGTERM');
  await ended;
}

async function takeAll(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const workos = createControl((request) => fetch(request), mockUrl);
  await using browser = await chromium.launch(
    findChromium(chromium.executablePath(), { whole: true })?.launchOptions,
  );
  for (const colorScheme of ['light', 'dark'] as const) {
    await workos.reset();
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1000, height: 680 },
    });
    context.setDefaultTimeout(PATIENCE);
    const problems: string[] = [];
    watchContext(context, problems);
    const page = await context.newPage();
    const take = (name: string) => takeOne(page, `${name}-${colorScheme}.png`);

    await page.goto(nextUrl);
    await take('nextjs-proxy');
    await page.getByRole('link', { name: 'Sign in', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await take('sign-in-page');
    await page.getByRole('button', { name: 'Ada Lovelace' }).click();
    await page.getByRole('main').getByText('ada@acme.test').first().waitFor();

    // AuthKit knows her by now.
    await page.goto(`${spaUrl}/account`);
    await page.getByRole('main').getByText('ada@acme.test').first().waitFor();
    await take('react-spa');

    await page.goto(mockUrl);
    await take('inspector');
    await context.close();
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
}

async function takeOne(page: Page, name: string): Promise<void> {
  const image = await page.screenshot({
    animations: 'disabled',
    // The button of Next.js' development tools.
    style: 'nextjs-portal { display: none }',
  });
  if (image.length > LARGEST) {
    throw new Error(`${name} has ${image.length} bytes, more than ${LARGEST}: make it smaller.`);
  }
  await writeFile(join(FOLDER, name), image);
  console.log(`${join(FOLDER, name)} (${Math.ceil(image.length / 1000)} kB)`);
}

async function untilItAnswers(url: string): Promise<void> {
  const giveUp = Date.now() + PATIENCE;
  while (Date.now() < giveUp) {
    const answered = await fetch(url, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await setTimeout(250);
  }
  throw new Error(`${url} did not answer within ${PATIENCE / 1000} seconds.`);
}

/** That port, or any free one when something listens there. */
async function portNear(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(portNear(0));
      else reject(error);
    });
    server.listen(port, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
