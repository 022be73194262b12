import { html } from 'hono/html';
import type { User } from '../entities.ts';
import { fullName } from '../store.ts';
import { alert, layout, type Page } from './layout.ts';

/** How people call a social provider, e.g. `Google` for `GoogleOAuth`. */
export function providerName(provider: string): string {
  return provider.replace(/OAuth$/, '');
}

/** An organization's identity provider, or a social one: it signs in whoever is chosen. */
export function identityProviderPage(view: {
  name: string;
  people: readonly User[];
  /** Where the choice goes. */
  action: string;
  /** What goes with it, as hidden fields. */
  fields: unknown;
  /** Whether it also knows people that WorkOS has not met yet. */
  knowsOthers?: boolean;
  error?: string | null;
}): Page {
  const { name, people, action, fields, knowsOthers = false, error = null } = view;
  return layout(
    name,
    html`<h1>${name}</h1>
      <p class="muted">An identity provider, where you sign in without WorkOS.</p>
      ${alert(error)}
      <form method="post" action="${action}">
        ${fields}
        <h2 id="people">Continue as</h2>
        <ul class="choices" aria-labelledby="people">
          ${people.map(
            (user) =>
              html`<li>
                <button name="user_id" value="${user.id}">
                  ${fullName(user)} <small>${user.email}</small>
                </button>
              </li>`,
          )}
        </ul>
        ${knowsOthers ? '' : html`<button class="plain">Cancel</button>`}
      </form>
      ${
        knowsOthers
          ? html`<details>
                <summary>Somebody else</summary>
                <form method="post" action="${action}">
                  ${fields}
                  <label for="first-name">First name</label>
                  <input id="first-name" name="first_name" autocomplete="given-name" />
                  <label for="last-name">Last name</label>
                  <input id="last-name" name="last_name" autocomplete="family-name" />
                  <label for="email">E-mail address</label>
                  <input id="email" name="email" type="email" autocomplete="email" required />
                  <button class="primary">Continue</button>
                </form>
              </details>
              <form method="post" action="${action}">
                ${fields}<button class="plain">Cancel</button>
              </form>`
          : ''
      }`,
  );
}
