import { html } from 'hono/html';
import type { AuthorizationRequest } from '../entities.ts';
import { cancelForm, codeField, requestFields } from './form.ts';
import { alert, layout, type Page } from './layout.ts';

/** A code that was e-mailed; the mock sends nothing, so it shows what it would have sent. */
export function emailedCodePage(view: {
  request: AuthorizationRequest;
  email: string;
  code: string;
  error: string | null;
}): Page {
  const { request, email, code, error } = view;
  const action = `/authkit/${request.step}`;
  return layout(
    'Check your e-mail',
    html`<h1>Check your e-mail</h1>
      <p>
        A code is on its way to ${email}. This mock sends no e-mail; the code is
        <strong><code>${code}</code></strong
        >.
      </p>
      ${alert(error)}
      <form method="post" action="${action}">
        ${requestFields(request)} ${codeField()}
        <button class="primary">Continue</button>
      </form>
      <form method="post" action="${action}">
        ${requestFields(request)}<button class="plain" name="again" value="yes">
          Send another code
        </button>
      </form>
      ${cancelForm(request)}`,
  );
}

/** The first time: an authenticator app is told the secret, and proves that it has it. */
export function mfaEnrollmentPage(view: {
  request: AuthorizationRequest;
  secret: string;
  picture: string;
  shown: string;
  error: string | null;
}): Page {
  const { request, secret, picture, shown, error } = view;
  return layout(
    'Set up a second factor',
    html`<h1>Set up a second factor</h1>
      <p>
        Scan this with an authenticator app, or type the secret in, then enter the code that the app
        shows.
      </p>
      <img
        class="qr"
        src="${picture}"
        width="200"
        height="200"
        alt="QR code of the secret below, for an authenticator app"
      />
      <p>Secret <code>${secret}</code></p>
      ${alert(error)} ${mfaForm(request, shown)}`,
  );
}

/** Every other time: the code that the authenticator app shows. */
export function mfaChallengePage(view: {
  request: AuthorizationRequest;
  email: string;
  shown: string;
  error: string | null;
}): Page {
  const { request, email, shown, error } = view;
  return layout(
    'Enter your code',
    html`<h1>Enter your code</h1>
      <p>The authenticator app of ${email} shows a code of six digits.</p>
      ${alert(error)} ${mfaForm(request, shown)}`,
  );
}

function mfaForm(request: AuthorizationRequest, shown: string): Page {
  return html`<form method="post" action="/authkit/${request.step}">
      ${requestFields(request)} ${codeField()}
      <button class="primary">Continue</button>
    </form>
    <details>
      <summary>No authenticator app at hand?</summary>
      <p>
        The mock knows the secret. The app would show
        <strong><code>${shown}</code></strong
        >.
      </p>
    </details>
    ${cancelForm(request)}`;
}
