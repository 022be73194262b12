// The start page of the example: delete it, and its line in index.ts, first.
import { Hono } from 'hono/tiny';
import { html } from 'hono/html';
import type { AppTypes } from './env';
import { page } from './page';

export const demo = new Hono<AppTypes>().get('/', (c) =>
  c.html(
    page(
      c,
      'AuthKit on Cloudflare Workers',
      html`<p>
          <a href="/login">Sign in</a>, <a href="/login?screen=sign-up">sign up</a>, or look at
          <a href="/me">who you are</a>.
        </p>
        <p>
          The API for other clients is under <code>/api</code>; the README calls it with curl.
        </p>`,
    ),
  ),
);
