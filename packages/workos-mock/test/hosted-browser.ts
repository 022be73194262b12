import type { TestMock } from '../src/vitest.ts';

export interface Answer {
  status: number;
  html: string;
  headers: Headers;
  /** Where the browser was sent, when that is not the mock any more. */
  callback: URL | null;
  path: string;
}

/** A browser without JavaScript: it keeps cookies, follows redirects, and sends the hidden fields of the page it shows. */
export function browser(workos: TestMock) {
  const cookies = new Map<string, string>();
  let shown = '';
  const go = async (to: string | URL, form?: Record<string, string>): Promise<Answer> => {
    const url = new URL(to, workos.url);
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      redirect: 'manual',
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) {
      shown = await response.text();
      const { status, headers } = response;
      return { status, headers, html: shown, callback: null, path: url.pathname };
    }
    const next = new URL(location, url);
    if (next.origin === workos.url) return go(next);
    return {
      status: response.status,
      headers: response.headers,
      html: '',
      callback: next,
      path: '',
    };
  };
  const hidden = () => {
    const fields =
      /type="hidden" name="(authorization_session_id|csrf_token|token)" value="([^"]*)"/g;
    return Object.fromEntries([...shown.matchAll(fields)].map(([, name, value]) => [name, value]));
  };
  /** Submits a form of the page. */
  const submit = (to: string, form: Record<string, string> = {}) =>
    go(to, { ...hidden(), ...form });
  return { go, submit, hidden };
}
