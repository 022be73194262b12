import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';
import { headersFile, securityHeaders } from './security-headers.ts';
import {
  type Env,
  productionProblems,
  readSettings,
  secretsAmong,
  type Settings,
  SettingsError,
} from './src/settings.ts';

export default defineConfig(({ command, mode, isPreview }) => {
  const env = loadEnv(mode, import.meta.dirname, 'VITE_');
  refuse('This app would hand secrets to browsers', secretsAmong(env));
  const settings = command === 'build' || isPreview ? settingsOfBuild(env) : null;
  return {
    plugins: [react(), ...(settings ? [headersFile(settings)] : [])],
    build: { sourcemap: false },
    // `vite preview` answers as the host should.
    ...(settings && { preview: { headers: securityHeaders(settings) } }),
  };
});

/** A build for production refuses the mock; one without settings goes through, and its page says what is missing. */
function settingsOfBuild(env: Env): Settings | null {
  try {
    const settings = readSettings(env);
    if (process.env.ALLOW_WORKOS_MOCK !== 'true') {
      const hint = 'For a test against the mock: ALLOW_WORKOS_MOCK=true';
      refuse('This build is not fit for production', productionProblems(settings), hint);
    }
    return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.warn(`${error.message}\nSee .env.example. The page of this build shows this list.`);
    return null;
  }
}

function refuse(what: string, problems: string[], hint = ''): void {
  if (problems.length === 0) return;
  throw new Error(`${what}:\n${problems.map((line) => `- ${line}`).join('\n')}\n${hint}`.trim());
}
