import { html } from 'hono/html';
import type { Environment } from '../environment.ts';
import { listPeople } from '../store.ts';
import { layout, type Page } from './layout.ts';

/** What a person sees who opens the mock's address: that it runs, who can sign in, and what apps need to know. */
export function homePage(env: Environment, origin: string): Page {
  const { settings } = env.store;
  const apps = env.apps.list();
  return layout(
    'workos-mock',
    html`<h1>workos-mock is running</h1>
      <p>Sign in at one of the apps; the hosted page is here and comes by itself.</p>
      ${
        apps.length > 0
          ? html`<h2>Apps beside it</h2>
              <ul>
                ${apps.map((app) => html`<li><a href="${app.url}">${app.name}</a> <small>${app.description}</small></li>`)}
              </ul>`
          : ''
      }
      <h2>Who can sign in</h2>
      <ul>
        ${listPeople(env.store).map((person) => html`<li>${person.name}, <code>${person.email}</code><br /><small>${person.organizations}</small></li>`)}
      </ul>
      <h2>What an app needs to know</h2>
      <p>
        <small>Client id</small> <code>${settings.clientId}</code><br />
        <small>API key</small> <code>${settings.apiKey}</code><br />
        <small>API host</small> <code>${new URL(origin).host}</code>, without HTTPS
      </p>`,
  );
}
