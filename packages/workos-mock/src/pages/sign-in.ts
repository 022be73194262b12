import { html } from 'hono/html';
import type { AuthorizationRequest, Invitation, User } from '../entities.ts';
import { fullName } from '../store.ts';
import { cancelForm, requestFields } from './form.ts';
import { alert, layout, type Page } from './layout.ts';
import { providerName } from './identity-provider.ts';

/** How many people are offered as buttons; the rest sign in by e-mail address. */
const PEOPLE_SHOWN = 8;

/** What somebody was invited to, in one line. */
function invited(invitation: Invitation | undefined, organization: string | undefined): Page | '' {
  if (!invitation) return '';
  return html`<p class="note">${invitation.email} is invited to ${organization ?? 'this app'}.</p>`;
}

/** Sign-in: a known person in one click, a social provider, or an e-mail address with a password, a code or SSO. */
export function signInPage(view: {
  request: AuthorizationRequest;
  people: readonly User[];
  socialProviders: readonly string[];
  invitation: Invitation | undefined;
  organization: string | undefined;
  error: string | null;
  email: string;
}): Page {
  const { request, people, socialProviders, invitation, organization, error, email } = view;
  const shown = people.slice(0, PEOPLE_SHOWN);
  const impersonators = shown.filter((user) => user.canImpersonate);
  return layout(
    'Sign in',
    html`<h1>Sign in</h1>
      <p class="muted">
        to <code>${new URL(request.redirectUri).host || request.redirectUri}</code>
      </p>
      ${invited(invitation, organization)} ${alert(error)}
      ${
        shown.length > 0
          ? html`<h2 id="people">Continue as</h2>
              <form method="post" action="/authkit/sign-in">
                ${requestFields(request)}
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
        ${requestFields(request)}
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
        <div class="ways">
          <button class="plain" formaction="/authkit/magic-auth" formnovalidate>
            E-mail me a code
          </button>
          <button class="plain" formaction="/authkit/sso" formnovalidate>Use single sign-on</button>
          <button class="plain" formaction="/authkit/forgot-password" formnovalidate>
            Forgot the password?
          </button>
        </div>
      </form>
      ${
        socialProviders.length > 0
          ? html`<h2 id="providers">Or with another account</h2>
              <ul class="choices" aria-labelledby="providers">
                ${socialProviders.map(
                  (provider) =>
                    html`<li>
                      <a
                        class="button"
                        href="/authkit/provider?${new URLSearchParams({ authorization_session_id: request.id, provider }).toString()}"
                        >Continue with ${providerName(provider)}</a
                      >
                    </li>`,
                )}
              </ul>`
          : ''
      }
      ${
        impersonators.length > 0
          ? html`<details>
              <summary>Impersonate somebody</summary>
              <form method="post" action="/authkit/impersonate">
                ${requestFields(request)}
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
      <p class="below">
        New here? <a href="/authkit/sign-up?authorization_session_id=${request.id}">Sign up</a>
      </p>
      ${cancelForm(request)}`,
  );
}

/** Sign-up: a new person with an e-mail address and a password. */
export function signUpPage(view: {
  request: AuthorizationRequest;
  invitation: Invitation | undefined;
  organization: string | undefined;
  error: string | null;
  fields: { email: string; firstName: string; lastName: string };
}): Page {
  const { request, invitation, organization, error, fields } = view;
  return layout(
    'Sign up',
    html`<h1>Create an account</h1>
      ${invited(invitation, organization)} ${alert(error)}
      <form method="post" action="/authkit/sign-up">
        ${requestFields(request)}
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
      <p class="below">
        Have an account?
        <a href="/authkit/sign-in?authorization_session_id=${request.id}">Sign in</a>
      </p>
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
        ${requestFields(request)}
        <ul class="choices" aria-labelledby="title">
          ${organizations.map(({ id, name }) => html`<li><button name="organization_id" value="${id}">${name}</button></li>`)}
        </ul>
      </form>
      ${cancelForm(request)}`,
  );
}
