import { BrowserRouter } from 'react-router';
import { AuthProvider } from './auth-provider';
import { AppRoutes } from './router';
import { type Env, readSettings, type Settings, SettingsError } from './settings';

/** The whole app, or the list of settings without which there is none. */
export function App({ env }: { env: Env }) {
  let settings: Settings;
  try {
    settings = readSettings(env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return <SettingsProblems problems={error.problems} />;
  }
  return (
    <AuthProvider settings={settings}>
      <BrowserRouter>
        <AppRoutes />
      </BrowserRouter>
    </AuthProvider>
  );
}

function SettingsProblems({ problems }: { problems: readonly string[] }) {
  return (
    <main className="alone" role="alert">
      <h1>This app is not set up</h1>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <p>
        Copy <code>.env.example</code> to <code>.env.development.local</code>, fill it in, and start
        again.
      </p>
    </main>
  );
}
