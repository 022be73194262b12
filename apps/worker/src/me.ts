import { html } from 'hono/html';
import type { Html } from './page';
import type { BrowserSession } from './sealed-session';

/** Who is signed in and what they may do. Not the access token: a page does not need it. */
export function describeSession(session: BrowserSession) {
  const {
    user,
    organizationId = null,
    role = null,
    permissions = [],
    impersonator = null,
  } = session;
  return { user, organizationId, role, permissions, impersonator };
}

/** The same for a person, with what they can do about it. */
export function sessionPage(session: BrowserSession): Html {
  const { user, organizationId, role, permissions, impersonator } = describeSession(session);
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email;
  return html`${
      impersonator &&
      html`<p>
        ${impersonator.email} is signed in as this person.
        ${impersonator.reason && html`Reason: ${impersonator.reason}`}
      </p>`
    }
    <dl>
      <dt>Person</dt>
      <dd>${name}</dd>
      <dt>Organization</dt>
      <dd>${organizationId ?? 'none'}</dd>
      <dt>Role</dt>
      <dd>${role ?? 'none'}</dd>
      <dt>Permissions</dt>
      <dd>${permissions.join(', ') || 'none'}</dd>
    </dl>
    <form method="post" action="/switch-organization">
      <label>Organization <input name="organizationId" required pattern="org_\\w+" /></label>
      <button>Switch</button>
    </form>
    <form method="post" action="/logout"><button>Sign out</button></form>`;
}
