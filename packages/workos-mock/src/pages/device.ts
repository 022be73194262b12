import { html } from 'hono/html';
import type { Organization, User } from '../entities.ts';
import { fullName } from '../store.ts';
import { alert, layout, type Page } from './layout.ts';

/** Where a person types the code that a device shows. */
export function enterUserCodePage(view: {
  user: User;
  userCode: string;
  error: string | null;
}): Page {
  return layout(
    'Connect a device',
    html`<h1>Connect a device</h1>
      <p class="muted">Signed in as ${fullName(view.user)} (${view.user.email})</p>
      ${alert(view.error)}
      <form method="get" action="/authkit/device">
        <label for="user-code">Code shown on the device</label>
        <input
          id="user-code"
          name="user_code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          required
          value="${view.userCode}"
        />
        <button class="primary">Continue</button>
      </form>`,
  );
}

/** Where a person compares the code with the one on the device, and decides. */
export function confirmDevicePage(view: {
  user: User;
  organization: Organization | undefined;
  userCode: string;
  token: string;
}): Page {
  const { user, organization, userCode, token } = view;
  return layout(
    'Connect a device',
    html`<h1>Connect a device</h1>
      <p class="muted">
        Signed in as ${fullName(user)}
        (${user.email})${organization ? `, ${organization.name}` : ''}
      </p>
      <p>
        Does your device show this code? <strong><code>${userCode}</code></strong>
      </p>
      <p class="muted">
        Approve only what you started yourself: whoever holds the device acts in your name.
      </p>
      <form method="post" action="/authkit/device">
        <input type="hidden" name="user_code" value="${userCode}" />
        <input type="hidden" name="token" value="${token}" />
        <button class="primary" name="decision" value="approve">Approve</button>
        <button class="plain" name="decision" value="deny">Deny</button>
      </form>`,
  );
}

/** The end of it: what happened, and where to go. */
export function deviceDonePage(title: string, message: string): Page {
  return layout(
    title,
    html`<h1>${title}</h1>
      <p>${message}</p>`,
  );
}
