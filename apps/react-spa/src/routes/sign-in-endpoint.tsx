import { PatternPage } from '../demo';

const links = [
  ['/login', 'Sign in'],
  ['/login?screen_hint=sign-up', 'Sign up'],
  ['/login?login_hint=grace%40acme.test', 'Sign in as grace@acme.test'],
  ['/login?organization_id=org_globex', 'Sign in to Globex'],
] as const;

export function SignInEndpointPage() {
  return (
    <PatternPage path="/sign-in-endpoint">
      <ul>
        {links.map(([href, label]) => (
          <li key={href}>
            <a href={href}>{label}</a> <code>{href}</code>
          </li>
        ))}
      </ul>
    </PatternPage>
  );
}
