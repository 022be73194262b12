import { html } from 'hono/html';
import type { AuthorizationRequest } from '../entities.ts';
import { cancelForm, requestFields, usernameField } from './form.ts';
import { alert, layout, type Page } from './layout.ts';

/** The link is on its way; the mock sends nothing, so here it is. */
export function resetSentPage(request: AuthorizationRequest, email: string, link: string): Page {
  return layout(
    'Check your e-mail',
    html`<h1>Check your e-mail</h1>
      <p>A link to a new password is on its way to ${email}. This mock sends no e-mail.</p>
      <p><a href="${link}">Open the link of the e-mail</a></p>
      ${cancelForm(request)}`,
  );
}

/** Where a new password is chosen. */
export function newPasswordPage(view: {
  /** The sign-in that goes on afterwards, if the link was opened in the midst of one. */
  request: AuthorizationRequest | null;
  email: string;
  token: string;
  error: string | null;
}): Page {
  const { request, email, token, error } = view;
  return layout(
    'Choose a new password',
    html`<h1>Choose a new password</h1>
      <p class="muted">for ${email}</p>
      ${alert(error)}
      <form method="post" action="/authkit/reset-password">
        ${request ? requestFields(request) : ''}
        <input type="hidden" name="token" value="${token}" />
        ${usernameField(email)}
        <label for="password">New password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="8"
          aria-describedby="password-rule"
          autofocus
        />
        <small id="password-rule">At least 8 characters.</small>
        <button class="primary">Change the password</button>
      </form>
      ${request ? cancelForm(request) : ''}`,
  );
}
