import { html } from 'hono/html';
import type { Invitation, User } from '../entities.ts';
import type { RunningApp } from '../running-apps.ts';
import { layout, type Page } from './layout.ts';

/** What the link of an invitation opens. */
export function invitationPage(invitation: Invitation, organization: string | undefined): Page {
  return layout(
    'Invitation',
    html`<h1>You are invited</h1>
      <p>
        ${invitation.email} is invited to
        ${organization ?? 'this environment'}${invitation.roleSlug ? ` as ${invitation.roleSlug}` : ''}.
      </p>
      <form method="post" action="/authkit/invitation">
        <input type="hidden" name="invitation_token" value="${invitation.token}" />
        <button class="primary">Accept the invitation</button>
      </form>`,
  );
}

/** The end of what began with an e-mail and not in an app: what happened, and where to go. */
export function donePage(view: {
  title: string;
  message: string;
  apps: readonly RunningApp[];
  /** Who may go on to an app at once. */
  user?: User | undefined;
  organizationId?: string | null;
}): Page {
  const { title, message, apps, user, organizationId } = view;
  const linkTo = (app: RunningApp) =>
    user
      ? `/_mock/sign-in-as?${new URLSearchParams({ app: app.name, user: user.id, ...(organizationId && { organization: organizationId }) })}`
      : app.signInEndpoint;
  return layout(
    title,
    html`<h1>${title}</h1>
      <p>${message}</p>
      ${
        apps.length > 0
          ? html`<ul class="choices">
              ${apps.map((app) => html`<li><a class="button" href="${linkTo(app)}">Go to ${app.name}</a></li>`)}
            </ul>`
          : ''
      }`,
  );
}
