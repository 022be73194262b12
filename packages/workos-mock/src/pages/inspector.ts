import { html, raw } from 'hono/html';
import { endpoints } from '../endpoints.ts';
import type { Environment } from '../environment.ts';
import { exportSeed } from '../seed-export.ts';
import { activeMemberships } from '../sessions.ts';
import { fullName } from '../store.ts';
import { SCRIPT, STYLE } from './inspector-assets.ts';
import type { Page } from './layout.ts';

const SHOWN = 20;
const REQUESTS_SHOWN = 60;

/**
 * What runs in the mock, for the person at the machine: sign in anywhere with one click, look at sessions and requests, move
 * time, switch a fault on. It shows without JavaScript; the script keeps it live and carries the buttons out.
 *
 * @param nonce Of the page's Content-Security-Policy, for its one script.
 */
export function inspectorPage(env: Environment, origin: string, nonce: string): Page {
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
          <p>
            A stand-in for the WorkOS API on this machine. Client id
            <code>${env.store.settings.clientId}</code>, API key
            <code>${env.store.settings.apiKey}</code>, address <code>${origin}</code>.
          </p>
        </header>
        <main id="live">
          ${people(env)} ${time(env)} ${sessions(env)} ${faults(env)} ${inbox(env)} ${requests(env)}
        </main>
        <section aria-labelledby="seed">
          <h2 id="seed">Seed of the present state</h2>
          <details>
            <summary>Show</summary>
            <p>
              Save it as <code>seed.json</code> and start from it:
              <code>workos-mock --seed seed.json</code>
            </p>
            <pre tabindex="0">${JSON.stringify(exportSeed(env.store), null, 2)}</pre>
          </details>
        </section>
        <p id="status" role="status"></p>
        <script nonce="${nonce}">
          ${raw(SCRIPT)};
        </script>
      </body>
    </html>`;
}

function section(id: string, title: string, body: unknown) {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`;
}

function button(label: string, operation: string, body: object, what = '') {
  return html`<button data-call="${operation}" data-body="${JSON.stringify(body)}">
    ${label}${what ? html`<span class="hidden"> ${what}</span>` : ''}
  </button>`;
}

function people(env: Environment) {
  const { store, apps } = env;
  const running = apps.list();
  const rows = store.users
    .all()
    .slice(0, SHOWN)
    .flatMap((user) => {
      const memberships = activeMemberships(env, user.id);
      if (memberships.length === 0) return [{ user, organization: null, role: '' }];
      return memberships.map((membership) => ({
        user,
        organization: store.organizations.get(membership.organizationId) ?? null,
        role: membership.roles.join(', '),
      }));
    });
  return section(
    'people',
    'Sign in as',
    html`${running.length === 0 ? html`<p class="muted">No app runs beside the mock. One that is started with <code>workos-mock run</code> appears here.</p>` : ''}
      <div class="scroll" tabindex="0" role="group" aria-labelledby="people">
        <table>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Organization</th>
              <th scope="col">Sign in at</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ user, organization, role }) =>
                html`<tr>
                  <th scope="row">${fullName(user)} <small>${user.email}</small></th>
                  <td>
                    ${organization ? html`${organization.name} <small>${role}</small>` : html`<small>none</small>`}
                  </td>
                  <td class="actions">
                    ${running.map(
                      (app) =>
                        html`<a
                          href="/_mock/sign-in-as?${new URLSearchParams({ app: app.name, user: user.id, ...(organization && { organization: organization.id }) }).toString()}"
                          >${app.name}<span class="hidden">
                            as
                            ${fullName(user)}${organization ? ` at ${organization.name}` : ''}</span
                          ></a
                        >`,
                    )}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  );
}

function time(env: Environment) {
  const ahead = Math.round((env.clock.now() - Date.now()) / 1000);
  return section(
    'time',
    'Time',
    html`<p>
        ${env.clock.iso()} ${ahead > 0 ? html`<small>${ahead} s ahead of this machine</small>` : ''}
      </p>
      <p class="actions">
        ${button('1 minute on', 'clock/advance', { minutes: 1 })}${button('6 minutes on', 'clock/advance', { minutes: 6 })}${button('1 day on', 'clock/advance', { days: 1 })}${button('Reset everything', 'reset', {})}
      </p>`,
  );
}

function sessions(env: Environment) {
  const now = env.clock.now();
  const active = env.store.sessions
    .all()
    .filter((session) => session.endedAt === null && session.expiresAt > now)
    .slice(-SHOWN)
    .toReversed();
  if (active.length === 0) {
    return section('sessions', 'Sessions', html`<p class="muted">Nobody is signed in.</p>`);
  }
  return section(
    'sessions',
    'Sessions',
    html`<div class="scroll" tabindex="0" role="group" aria-labelledby="sessions">
      <table>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Organization</th>
            <th scope="col">By</th>
            <th scope="col">Since</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          ${active.map((session) => {
            const user = env.store.users.get(session.userId);
            const who = user ? user.email : session.userId;
            return html`<tr>
              <th scope="row">${who}</th>
              <td>
                ${session.organizationId ? (env.store.organizations.get(session.organizationId)?.name ?? session.organizationId) : ''}
              </td>
              <td>
                ${session.impersonator ? html`${session.impersonator.email} <small>impersonating</small>` : session.method}
              </td>
              <td>${session.createdAt.slice(11, 19)}</td>
              <td class="actions">
                ${button('Revoke', 'sessions/revoke', { session: session.id }, `the session of ${who}`)}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`,
  );
}

function faults(env: Environment) {
  const active = env.faults.describe();
  return section(
    'faults',
    'Faults',
    html`${
        active.length > 0
          ? html`<ul>
                ${active.map((fault) => html`<li>${fault}</li>`)}
              </ul>
              <p class="actions">${button('Switch all off', 'faults/clear', {})}</p>`
          : html`<p class="muted">None is on.</p>`
      }
      <form id="fault">
        <p class="actions">
          <label
            >The next <input name="times" type="number" min="1" value="1" size="3" /> requests
            to</label
          >
          <label class="hidden" for="fault-endpoint">Endpoint</label
          ><select id="fault-endpoint" name="endpoint">
            ${endpoints.map((name) => html`<option ${name === 'POST /user_management/authenticate' ? 'selected' : ''}>${name}</option>`)}
          </select>
          <label class="hidden" for="fault-effect">What happens</label
          ><select id="fault-effect" name="effect">
            <option value='{"kind":"fail","status":500}'>fail with 500</option>
            <option value='{"kind":"fail","status":429,"headers":{"retry-after":"2"}}'>
              are refused with 429
            </option>
            <option value='{"kind":"delay","milliseconds":5000}'>wait 5 seconds</option>
            <option value='{"kind":"drop","after":false}'>
              lose the connection before the change
            </option>
            <option value='{"kind":"drop","after":true}'>
              lose the connection after the change
            </option>
            <option value='{"kind":"garble","as":"html"}'>get a gateway's HTML page</option>
            <option value='{"kind":"garble","as":"truncated"}'>get half an answer</option>
          </select>
          <button>Switch on</button>
        </p>
      </form>`,
  );
}

function inbox(env: Environment) {
  const now = env.clock.now();
  const sent = env.store.emailedSecrets
    .all()
    .filter((secret) => secret.usedAt === null && secret.expiresAt > now)
    .slice(-SHOWN)
    .toReversed();
  if (sent.length === 0) return '';
  return section(
    'inbox',
    'E-mails that would have been sent',
    html`<ul>
      ${sent.map((secret) => html`<li>${secret.email}: ${secret.kind.replaceAll('_', ' ')} <code>${secret.secret}</code></li>`)}
    </ul>`,
  );
}

function requests(env: Environment) {
  const logged = env.log.list().slice(-REQUESTS_SHOWN).toReversed();
  return section(
    'requests',
    'Requests',
    html`<div class="scroll" tabindex="0" role="group" aria-labelledby="requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Request</th>
            <th scope="col">Status</th>
            <th scope="col">ms</th>
            <th scope="col">About</th>
          </tr>
        </thead>
        <tbody>
          ${logged.map(
            (request) =>
              html`<tr class="${request.status >= 400 || request.status === 0 ? 'bad' : ''}">
                <td>${request.at.slice(11, 23)}</td>
                <td>
                  <code>${request.method} ${request.path.split('?')[0]}</code
                  >${typeof request.body.grant_type === 'string' ? html` <small>${request.body.grant_type.split(':').at(-1)}</small>` : ''}
                </td>
                <td>
                  ${request.status || 'dropped'}${request.error ? html` <small>${request.error}</small>` : ''}${request.fault ? html` <small>${request.fault}</small>` : ''}
                </td>
                <td>${request.milliseconds.toFixed(1)}</td>
                <td>
                  <small
                    >${(request.userId && env.store.users.get(request.userId)?.email) ?? ''}</small
                  >
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`,
  );
}
