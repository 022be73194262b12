import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#17171f, #f2f2f7);
  --muted: light-dark(#5c5f6e, #a9acba);
  --line: light-dark(#dcdde5, #383a46);
  --paper: light-dark(#ffffff, #1c1d24);
  --ground: light-dark(#f4f4f8, #121318);
  --accent: light-dark(#5548d9, #a49bff);
  --on-accent: light-dark(#ffffff, #16122e);
  --bad: light-dark(#b3261e, #ff9d94);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 2rem 1rem;
  background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: 100%; max-width: 26rem; padding: 2rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: 1rem;
}
h1 { margin: 0 0 .25rem; font-size: 1.375rem; text-wrap: balance; }
h2 { margin: 1.75rem 0 .5rem; font-size: .8125rem; font-weight: 600; color: var(--muted); }
p { margin: 0 0 1rem; }
.muted, small { color: var(--muted); }
.choices { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none; }
button, input, select { width: 100%; min-height: 2.75rem; font: inherit; color: inherit; border-radius: .625rem; }
button { cursor: pointer; border: 1px solid var(--line); background: transparent; padding: .5rem .875rem; text-align: start; }
button:hover { border-color: var(--accent); }
a.button { display: block; border: 1px solid var(--line); border-radius: .625rem; padding: .625rem .875rem; color: inherit; text-decoration: none; }
a.button:hover { border-color: var(--accent); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; text-align: center; }
button.plain { border-color: transparent; color: var(--muted); text-align: center; text-decoration: underline; }
button small { display: block; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label { display: block; margin: .75rem 0 .25rem; font-size: .875rem; font-weight: 500; }
input, select { border: 1px solid var(--line); background: var(--paper); padding: .5rem .75rem; }
form .primary { margin-top: 1rem; }
.ways { display: flex; flex-wrap: wrap; justify-content: center; column-gap: 1rem; margin-top: .5rem; }
.ways button { width: auto; padding: .25rem; min-height: 2.25rem; font-size: .875rem; }
.note { padding: .625rem .875rem; background: var(--ground); border-radius: .625rem; }
.below { margin: 1.25rem 0 .5rem; }
.qr { display: block; margin: 0 auto 1rem; padding: .5rem; background: #ffffff; border-radius: .5rem; }
.hidden { position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details .primary { margin-bottom: .5rem; }
a { color: var(--accent); }
[role=alert] { border-inline-start: 4px solid var(--bad); padding: .5rem .75rem; margin: 0 0 1rem; color: var(--bad); }
summary { cursor: pointer; margin-top: 1.25rem; color: var(--muted); }
footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8125rem; color: var(--muted); }
code { font-size: .9em; overflow-wrap: anywhere; }
`;

/** The frame of every page that a person sees: one column, light and dark, no script. */
export function layout(title: string, body: unknown): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · AuthKit (mock)</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${body}
          <footer>
            workos-mock: a stand-in for the WorkOS API on this machine. No account, no network, no
            real data.
          </footer>
        </main>
      </body>
    </html>`;
}

/** A message about what went wrong, read out at once by screen readers. */
export function alert(message: string | null): Page | '' {
  return message ? html`<div role="alert">${message}</div>` : '';
}
