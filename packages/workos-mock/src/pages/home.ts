import { html } from 'hono/html';
import type { Environment } from '../environment.ts';
import { layout, type Page } from './layout.ts';
import { nameOf } from './sign-in.ts';

/** What a person sees who opens the mock's address: that it runs, who can sign in, and what apps need to know. */
export function homePage(env: Environment, origin: string): Page {
  const { settings, users, memberships, organizations } = env.store;
  const belongsTo = (userId: string) =>
    memberships
      .where('userId', userId)
      .map((m) => `${organizations.get(m.organizationId)?.name} (${m.roles.join(', ')})`)
      .join(', ') || 'no organization';
  return layout(
    'workos-mock',
    html`<h1>workos-mock is running</h1>
      <p>Open one of the apps and sign in there. Sign-in comes back to this address by itself.</p>
      <h2>Who can sign in</h2>
      <ul>
        ${users
          .all()
          .slice(0, 20)
          .map(
            (user) =>
              html`<li>
                ${nameOf(user)}, <code>${user.email}</code><br /><small
                  >${belongsTo(user.id)}</small
                >
              </li>`,
          )}
      </ul>
      <h2>What an app needs to know</h2>
      <p>
        <small>Client id</small> <code>${settings.clientId}</code><br />
        <small>API key</small> <code>${settings.apiKey}</code><br />
        <small>API host</small> <code>${new URL(origin).host}</code>, without HTTPS
      </p>`,
  );
}
