import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { AppContext } from './env';

/** Escaped HTML, as the `html` of Hono makes it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The frame of every page; what is put into `html` is escaped. */
export function page(c: AppContext, title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style nonce="${c.get('secureHeadersNonce') ?? ''}">
          :root {
            color-scheme: light dark;
            font:
              1rem/1.5 system-ui,
              sans-serif;
          }
          main {
            max-width: 40rem;
            margin: 3rem auto;
            padding: 0 1rem;
          }
          dt {
            font-weight: 600;
          }
          dd {
            margin: 0 0 0.5rem;
            overflow-wrap: anywhere;
          }
          form {
            margin: 0 0 0.5rem;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
}

/** Whether a person with a browser asked, rather than a program. */
export function wantsPage(c: AppContext): boolean {
  return !c.req.path.startsWith('/api/') && Boolean(c.req.header('accept')?.includes('text/html'));
}
