import { html } from 'hono/html';
import { layout, type Page } from './layout.ts';

/** A dead end that says what is wrong and what to change. */
export function errorPage(title: string, message: string): Page {
  return layout(
    title,
    html`<h1>${title}</h1>
      <p>${message}</p>`,
  );
}
