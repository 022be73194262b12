import { html } from 'hono/html';
import type { AuthorizationRequest, User } from '../entities.ts';
import { fullName } from '../store.ts';
import { alert, layout, type Page } from './layout.ts';

/** How many people are offered as buttons; the rest sign in by e-mail address. */
const PEOPLE_SHOWN = 8;

/** Carries the sign-in from page to page. */
export function requestField(request: AuthorizationRequest): Page {
  return html`<input type="hidden" name="authorization_session_id" value="${request.id}" />`;
}

/** The way out of every page of a sign-in. */
export function cancelForm(request: AuthorizationRequest): Page {
  return html`<form method="post" action="/authkit/cancel">
    ${requestField(request)}<button class="plain">Cancel</button>
  </form>`;
}

/** Sign-in: a known person in one click, or an e-mail address with a password or a code. */
export function signInPage(view: {
  request: AuthorizationRequest;
  people: readonly User[];
  error: string | null;
  email: string;
}): Page {
  const { request, people, error, email } = view;
  const shown = people.slice(0, PEOPLE_SHOWN);
  const impersonators = shown.filter((user) => user.canImpersonate);
  return layout(
    'Sign in',
    html`<h1>Sign in</h1>
      <p class="muted">
        to <code>${new URL(request.redirectUri).host || request.redirectUri}</code>
      </p>
      ${alert(error)}
      ${
        shown.length > 0
          ? html`<h2 id="people">Continue as</h2>
              <form method="post" action="/authkit/sign-in">
                ${requestField(request)}
                <ul class="choices" aria-labelledby="people">
                  ${shown.map(
                    (user) =>
                      html`<li>
                        <button name="user_id" value="${user.id}">
                          ${fullName(user)} <small>${user.email}</small>
                        </button>
                      </li>`,
                  )}
                </ul>
              </form>`
          : ''
      }
      <h2>Or with an e-mail address</h2>
      <form method="post" action="/authkit/sign-in">
        ${requestField(request)}
        <label for="email">E-mail address</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          value="${email}"
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <button class="primary">Sign in</button>
        <button class="plain" formaction="/authkit/magic-auth" formnovalidate>
          E-mail me a code instead
        </button>
      </form>
      ${
        impersonators.length > 0
          ? html`<details>
              <summary>Impersonate somebody</summary>
              <form method="post" action="/authkit/impersonate">
                ${requestField(request)}
                <label for="impersonator">Signed in to the dashboard as</label>
                <select id="impersonator" name="impersonator_id">
                  ${impersonators.map((user) => html`<option value="${user.id}">${fullName(user)}</option>`)}
                </select>
                <label for="impersonated">Impersonate</label>
                <select id="impersonated" name="user_id">
                  ${shown.filter((user) => !user.canImpersonate).map((user) => html`<option value="${user.id}">${fullName(user)}</option>`)}
                </select>
                <label for="reason">Reason</label>
                <input id="reason" name="reason" value="Support request" />
                <button class="primary">Impersonate</button>
              </form>
            </details>`
          : ''
      }
      <p style="margin-top:1.25rem">
        New here? <a href="/authkit/sign-up?authorization_session_id=${request.id}">Sign up</a>
      </p>
      ${cancelForm(request)}`,
  );
}

/** Sign-up: a new person with an e-mail address and a password. */
export function signUpPage(view: {
  request: AuthorizationRequest;
  error: string | null;
  fields: { email: string; firstName: string; lastName: string };
}): Page {
  const { request, error, fields } = view;
  return layout(
    'Sign up',
    html`<h1>Create an account</h1>
      ${alert(error)}
      <form method="post" action="/authkit/sign-up">
        ${requestField(request)}
        <label for="first-name">First name</label>
        <input
          id="first-name"
          name="first_name"
          autocomplete="given-name"
          value="${fields.firstName}"
        />
        <label for="last-name">Last name</label>
        <input
          id="last-name"
          name="last_name"
          autocomplete="family-name"
          value="${fields.lastName}"
        />
        <label for="email">E-mail address</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          value="${fields.email}"
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="8"
          aria-describedby="password-rule"
        />
        <small id="password-rule">At least 8 characters.</small>
        <button class="primary">Sign up</button>
      </form>
      <p style="margin-top:1.25rem">
        Have an account?
        <a href="/authkit/sign-in?authorization_session_id=${request.id}">Sign in</a>
      </p>
      ${cancelForm(request)}`,
  );
}

/** A code that was e-mailed; the mock sends nothing, so it shows what it would have sent. */
export function codePage(view: {
  request: AuthorizationRequest;
  email: string;
  code: string;
  error: string | null;
}): Page {
  const { request, email, code, error } = view;
  return layout(
    'Check your e-mail',
    html`<h1>Check your e-mail</h1>
      <p>
        A code is on its way to ${email}. This mock sends no e-mail; the code is
        <strong><code>${code}</code></strong
        >.
      </p>
      ${alert(error)}
      <form method="post" action="/authkit/code">
        ${requestField(request)}
        <label for="code">Code</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          pattern="[0-9]{6}"
          required
        />
        <button class="primary">Continue</button>
      </form>
      ${cancelForm(request)}`,
  );
}

/** Which organization to sign in to, for who is a member of several. */
export function organizationPage(view: {
  request: AuthorizationRequest;
  user: User;
  organizations: { id: string; name: string }[];
}): Page {
  const { request, user, organizations } = view;
  return layout(
    'Choose an organization',
    html`<h1 id="title">Choose an organization</h1>
      <p class="muted">Signed in as ${fullName(user)} (${user.email})</p>
      <form method="post" action="/authkit/organization">
        ${requestField(request)}
        <ul class="choices" aria-labelledby="title">
          ${organizations.map(({ id, name }) => html`<li><button name="organization_id" value="${id}">${name}</button></li>`)}
        </ul>
      </form>
      ${cancelForm(request)}`,
  );
}
