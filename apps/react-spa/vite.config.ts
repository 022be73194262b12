import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, type Plugin } from 'vite';
import {
  apiOrigin,
  productionProblems,
  readSettings,
  type Settings,
  SettingsError,
} from './src/settings.ts';

export default defineConfig(({ command, mode }) => {
  const settings = command === 'build' ? settingsOfBuild(mode) : null;
  return {
    plugins: [react(), ...(settings ? [contentSecurityPolicy(settings)] : [])],
    build: { sourcemap: false },
  };
});

/** A build for production refuses the mock; one without settings goes through, and its page says what is missing. */
function settingsOfBuild(mode: string): Settings | null {
  try {
    const settings = readSettings(loadEnv(mode, import.meta.dirname, 'VITE_'));
    const problems = productionProblems(settings);
    if (problems.length > 0 && process.env.ALLOW_WORKOS_MOCK !== 'true') {
      throw new Error(
        `This build is not fit for production:\n${problems.map((line) => `- ${line}`).join('\n')}\nFor a test against the mock: ALLOW_WORKOS_MOCK=true`,
      );
    }
    return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.warn(`${error.message}\nSee .env.example. The page of this build shows this list.`);
    return null;
  }
}

/**
 * Tokens live in the page, so no script but the app's own may run there, and it may talk to the two APIs alone. Better
 * still is to send this as a header, with `frame-ancestors 'none'`, which a page cannot say about itself.
 */
function contentSecurityPolicy(settings: Settings): Plugin {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${apiOrigin(settings)} ${new URL(settings.apiUrl).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    name: 'content-security-policy',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
