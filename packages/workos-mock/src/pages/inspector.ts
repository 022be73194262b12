import { html, raw } from 'hono/html';
import type { Environment } from '../environment.ts';
import { exportSeed } from '../seed-export.ts';
import { SCRIPT, STYLE } from './inspector-assets.ts';
import {
  events,
  faults,
  inbox,
  people,
  requests,
  sessions,
  settings,
  time,
} from './inspector-sections.ts';
import type { Page } from './layout.ts';

const SECTIONS = {
  people: 'Sign in as',
  sessions: 'Sessions',
  inbox: 'E-mails and codes',
  time: 'Time',
  settings: 'Security',
  faults: 'Faults',
  requests: 'Requests',
  events: 'Events',
  seed: 'Seed',
};

/**
 * What runs in the mock, for the person at the machine: sign in anywhere with one click, look at sessions and requests, read
 * the e-mails, move time, switch a fault on. It shows without JavaScript; the script keeps it live and carries the buttons
 * out.
 *
 * @param nonce Of the page's Content-Security-Policy, for its one script.
 */
export function inspectorPage(env: Environment, origin: string, nonce: string): Page {
  const { clientId, apiKey } = env.store.settings;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>workos-mock</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>workos-mock</h1>
          <p>A stand-in for the WorkOS API on this machine, for development and tests.</p>
          <dl>
            <div>
              <dt>Address</dt>
              <dd><code>${origin}</code></dd>
            </div>
            <div>
              <dt>Client id</dt>
              <dd><code>${clientId}</code></dd>
            </div>
            <div>
              <dt>API key</dt>
              <dd><code>${apiKey}</code></dd>
            </div>
          </dl>
          <nav aria-label="Sections">
            <ul>
              ${Object.entries(SECTIONS).map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
        </header>
        <noscript>
          <p>
            Without JavaScript the page shows the state of when it was loaded, and the links sign
            in; buttons need it.
          </p>
        </noscript>
        <main>
          ${section('people', people(env))} ${section('sessions', sessions(env))}
          ${section('inbox', inbox(env, origin))} ${section('time', time(env))}
          ${section('settings', settings(env))} ${section('faults', faults(env))}
          ${section('requests', requests(env))} ${section('events', events(env))}
          ${section(
            'seed',
            html`<p class="actions">
                <button data-copy="/_mock/seed">Copy the present state</button>
                <a href="/_mock/seed" download="seed.json">Download seed.json</a>
              </p>
              <p class="muted">
                Start from it with <code>workos-mock --seed seed.json</code>. Sessions are not part
                of it.
              </p>
              <details>
                <summary>Show</summary>
                <pre tabindex="0">${JSON.stringify(exportSeed(env.store), null, 2)}</pre>
              </details>`,
          )}
        </main>
        <p id="status" role="status"></p>
        <script nonce="${nonce}">
          ${raw(SCRIPT)};
        </script>
      </body>
    </html>`;
}

function section(id: keyof typeof SECTIONS, body: unknown) {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title" tabindex="-1">${SECTIONS[id]}</h2>
    ${body}
  </section>`;
}
