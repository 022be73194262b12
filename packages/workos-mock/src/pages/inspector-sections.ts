import { html } from 'hono/html';
import { endpoints } from '../endpoints.ts';
import type { Event, User } from '../entities.ts';
import type { Environment } from '../environment.ts';
import { listInbox } from '../inbox.ts';
import type { RunningApp } from '../running-apps.ts';
import { activeMemberships } from '../sessions.ts';
import { fullName } from '../store.ts';

const SHOWN = 20;
const HAPPENED_SHOWN = 60;
/** Seconds in which a person can watch an app refresh. */
const SHORT = 20;

/** Who is there, and the way into each running app as one of them. */
export function people(env: Environment) {
  const { store, apps } = env;
  const running = apps.list();
  const shown = store.users.all().slice(0, SHOWN);
  const rows = shown.flatMap((user) => {
    const memberships = activeMemberships(env, user.id);
    if (memberships.length === 0) return [{ user, organization: null, role: '' }];
    return memberships.map((membership) => ({
      user,
      organization: store.organizations.get(membership.organizationId) ?? null,
      role: membership.roles.join(', '),
    }));
  });
  const more = store.users.size - SHOWN;
  return html`${running.length === 0 ? html`<p class="muted">No app runs beside the mock. One that is started with <code>workos-mock run</code> appears here.</p>` : ''}
  ${table(
    'people',
    ['Person', 'Organization', 'Sign in at'],
    rows.map(
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
                  class="button"
                  href="/_mock/sign-in-as?${new URLSearchParams({ app: app.name, user: user.id, ...(organization && { organization: organization.id }) }).toString()}"
                  >${app.name}<span class="hidden">
                    as ${fullName(user)}${organization ? ` at ${organization.name}` : ''}</span
                  ></a
                >`,
            )}
          </td>
        </tr>`,
    ),
  )}
  ${more > 0 ? html`<p class="muted">And ${more} more.</p>` : ''}
  ${running.length > 0 ? impersonation(shown, running) : ''}`;
}

/** What the dashboard has under "Impersonate User". A link as those above, so that it works without JavaScript. */
function impersonation(people: readonly User[], running: readonly RunningApp[]) {
  const impersonator = people.find(({ canImpersonate }) => canImpersonate)?.email;
  return html`<form action="/_mock/impersonate" class="actions">
    <label
      >Impersonate
      <select name="user">
        ${people.map((user) => html`<option value="${user.id}">${fullName(user)}</option>`)}
      </select></label
    >
    <label
      >at
      <select name="app">
        ${running.map((app) => html`<option>${app.name}</option>`)}
      </select></label
    >
    <label
      >as
      <input
        name="impersonator"
        type="email"
        required
        value="${impersonator ?? 'support@example.test'}"
    /></label>
    <label>for <input name="reason" value="Support request" /></label>
    <button>Impersonate</button>
  </form>`;
}

/** Who is signed in, the latest first. */
export function sessions(env: Environment) {
  const now = env.clock.now();
  const active = env.store.sessions
    .all()
    .filter((session) => session.endedAt === null && session.expiresAt > now)
    .slice(-SHOWN)
    .toReversed();
  if (active.length === 0) return html`<p class="muted">Nobody is signed in.</p>`;
  return html`${table(
      'sessions',
      ['Person', 'Organization', 'By', 'End it'],
      active.map((session) => {
        const who = env.store.users.get(session.userId)?.email ?? session.userId;
        const organization = env.store.organizations.get(session.organizationId ?? '');
        const id = { session: session.id };
        return html`<tr>
          <th scope="row">${who} <small>since ${session.createdAt.slice(11, 19)}</small></th>
          <td>${organization?.name ?? session.organizationId ?? ''}</td>
          <td>
            ${session.impersonator ? html`${session.impersonator.email} <small>impersonating</small>` : session.method}
          </td>
          <td class="actions">
            ${button('Revoke', 'sessions/revoke', id, `the session of ${who}`)}${button('Expire', 'sessions/expire', id, `the session of ${who}`)}
          </td>
        </tr>`;
      }),
    )}
    <p class="muted">
      An app notices at its next refresh: access tokens live on until they expire, as in WorkOS.
    </p>`;
}

/** What would have been sent, and what authenticator apps show. */
export function inbox(env: Environment, origin: string) {
  const messages = listInbox(env, origin)
    .filter(({ isOpen }) => isOpen)
    .slice(-SHOWN)
    .toReversed();
  const factors = env.store.authFactors
    .all()
    .filter(({ totp, userId }) => totp && userId)
    .slice(-SHOWN);
  if (messages.length + factors.length === 0) {
    return html`<p class="muted">Nothing was sent, or all of it is used.</p>`;
  }
  return table(
    'inbox',
    ['To', 'What', 'Code or link'],
    [
      ...factors.map(({ totp, userId }) => {
        const email = env.store.users.get(userId!)?.email ?? totp!.user;
        return html`<tr>
          <th scope="row">${email}</th>
          <td>authenticator app</td>
          <td class="actions">
            ${button('Show its code', 'mfa/code', { user: userId }, `for ${email}`)}
          </td>
        </tr>`;
      }),
      ...messages.map(
        ({ email, kind, secret, url }) =>
          html`<tr>
            <th scope="row">${email}</th>
            <td>${kind.replaceAll('_', ' ')}</td>
            <td>
              ${url ? html`<a href="${url}">Open<span class="hidden"> the ${kind.replaceAll('_', ' ')} of ${email}</span></a>` : html`<code class="code">${secret}</code>`}
            </td>
          </tr>`,
      ),
    ],
  );
}

/** The mock's clock. */
export function time(env: Environment) {
  const ahead = Math.round((env.clock.now() - Date.now()) / 1000);
  return html`<p>
      <time>${env.clock.iso().slice(0, 19).replace('T', ' ')} UTC</time>
      <small
        >${ahead > 0 ? `${describeSeconds(ahead)} ahead of this machine` : 'as on this machine'}</small
      >
    </p>
    <p class="actions">
      ${button('1 minute on', 'clock/advance', { minutes: 1 })}${button('6 minutes on', 'clock/advance', { minutes: 6 })}${button('1 day on', 'clock/advance', { days: 1 })}${button('30 days on', 'clock/advance', { days: 30 })}
    </p>
    <p class="muted">
      Codes, sessions and invitations expire by it. An app has a clock of its own, by which access
      tokens expire.
    </p>`;
}

/** What an administrator would change in the dashboard. */
export function settings(env: Environment) {
  const { mfaRequired, accessTokenLifetime } = env.store.settings;
  const lifetime = accessTokenLifetime ?? env.options.accessTokenLifetime;
  const next = lifetime > SHORT ? SHORT : env.options.accessTokenLifetime;
  return html`<p>New access tokens live ${describeSeconds(lifetime)}.</p>
    <p class="actions">
      ${button(`Let them live ${describeSeconds(next)}`, 'tokens/lifetime', { seconds: next })}
    </p>
    <p class="actions">
      ${button(
        mfaRequired ? 'Require no second factor' : 'Require a second factor',
        'mfa/require',
        { required: !mfaRequired },
      )}${button('Rotate the signing key', 'keys/rotate', {})}
    </p>
    <p class="actions">${button('Back to the seed', 'reset', {}, ', everything else is lost')}</p>`;
}

/** What goes wrong, and what shall. */
export function faults(env: Environment) {
  const active = env.faults.list();
  return html`${
      active.length > 0
        ? html`<ul>
              ${active.map(({ id, description }) => html`<li class="actions"><span>${description}</span>${button('Switch off', 'faults/remove', { id }, description)}</li>`)}
            </ul>
            ${active.length > 1 ? html`<p class="actions">${button('Switch all off', 'faults/clear', {})}</p>` : ''}`
        : html`<p class="muted">None is on.</p>`
    }
    <form id="fault" class="actions">
      <label
        >The next <input name="times" type="number" min="1" value="1" size="3" /> requests to</label
      >
      <label class="hidden" for="fault-endpoint">Endpoint</label>
      <select id="fault-endpoint" name="endpoint">
        ${endpoints.map((name) => html`<option ${name === 'POST /user_management/authenticate' ? 'selected' : ''}>${name}</option>`)}
      </select>
      <label class="hidden" for="fault-effect">What happens</label>
      <select id="fault-effect" name="effect">
        <option value='{"kind":"fail","status":500}'>fail with 500</option>
        <option value='{"kind":"fail","status":429,"headers":{"retry-after":"2"}}'>
          are refused with 429
        </option>
        <option value='{"kind":"delay","milliseconds":5000}'>wait 5 seconds</option>
        <option value='{"kind":"drop","after":false}'>lose the connection before the change</option>
        <option value='{"kind":"drop","after":true}'>lose the connection after the change</option>
        <option value='{"kind":"garble","as":"html"}'>get a gateway’s HTML page</option>
        <option value='{"kind":"garble","as":"truncated"}'>get half an answer</option>
        <option value='{"kind":"garble","as":"empty"}'>get an empty answer</option>
      </select>
      <button>Switch on</button>
    </form>`;
}

/** What was asked, the latest first. */
export function requests(env: Environment) {
  const logged = env.log.list().slice(-HAPPENED_SHOWN).toReversed();
  if (logged.length === 0) return html`<p class="muted">None yet.</p>`;
  return table(
    'requests',
    ['Time', 'Request', 'Status', 'ms', 'About'],
    logged.map(
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
          <td>${request.userId ? (env.store.users.get(request.userId)?.email ?? '') : ''}</td>
        </tr>`,
    ),
  );
}

/** What happened, as `GET /events` and webhooks tell it, the latest first. */
export function events(env: Environment) {
  const happened = env.store.events.all().slice(-HAPPENED_SHOWN).toReversed();
  if (happened.length === 0) return html`<p class="muted">None yet.</p>`;
  return table(
    'events',
    ['Time', 'Event', 'About'],
    happened.map(
      (event) =>
        html`<tr>
          <td>${event.createdAt.slice(11, 23)}</td>
          <td>
            <details>
              <summary><code>${event.event}</code></summary>
              <pre tabindex="0">${JSON.stringify(event.data, null, 2)}</pre>
            </details>
          </td>
          <td>${subjectOf(event, env)}</td>
        </tr>`,
    ),
  );
}

/** What an event is about, in a word. */
function subjectOf({ data }: Event, env: Environment): string {
  const user = typeof data.user_id === 'string' ? env.store.users.get(data.user_id)?.email : null;
  return String(data.email ?? user ?? data.name ?? data.slug ?? data.id ?? '');
}

function describeSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

function table(id: string, columns: string[], rows: unknown[]) {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-title">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function button(label: string, operation: string, body: object, what = '') {
  return html`<button data-call="${operation}" data-body="${JSON.stringify(body)}">
    ${label}${what ? html`<span class="hidden"> ${what}</span>` : ''}
  </button>`;
}
