import { html } from 'hono/html';
import type { SsoRequest, User } from '../entities.ts';
import { fullName } from '../store.ts';
import { layout, type Page } from './layout.ts';

/** An organization's identity provider, or a social one: it signs in whoever is chosen. */
export function identityProviderPage(view: {
  request: SsoRequest;
  name: string;
  people: readonly User[];
}): Page {
  const { request, name, people } = view;
  return layout(
    name,
    html`<h1>${name}</h1>
      <p class="muted">An identity provider, where you sign in without WorkOS.</p>
      <form method="post" action="/authkit/identity-provider">
        <input type="hidden" name="request" value="${request.id}" />
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
        <button class="plain">Cancel</button>
      </form>`,
  );
}
