import { html } from 'hono/html';
import type { AuthorizationRequest } from '../entities.ts';
import type { Page } from './layout.ts';

/** What every form of a sign-in carries: which sign-in it is, and that it came from its own page. */
export function requestFields(request: AuthorizationRequest): Page {
  return html`<input type="hidden" name="authorization_session_id" value="${request.id}" />
    <input type="hidden" name="csrf_token" value="${request.csrfToken}" />`;
}

/** The way out of every page of a sign-in. */
export function cancelForm(request: AuthorizationRequest): Page {
  return html`<form method="post" action="/authkit/cancel">
    ${requestFields(request)}<button class="plain">Cancel</button>
  </form>`;
}

/** Where a six-digit code is typed in; phones offer to fill in the one that arrived. */
export function codeField(): Page {
  return html`<label for="code">Code</label>
    <input
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9]{6}"
      title="Six digits"
      maxlength="6"
      required
      autofocus
    />`;
}

/** The address that a password belongs to: password managers look for it, the person does not change it. */
export function usernameField(email: string): Page {
  return html`<input
    class="hidden"
    name="email"
    value="${email}"
    autocomplete="username"
    readonly
    tabindex="-1"
    aria-hidden="true"
  />`;
}
