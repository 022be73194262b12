import { useAuth } from '@workos-inc/authkit-react';
import { Link } from 'react-router';
import { patterns } from '../demo';
import { SessionUnknown, useIsSignedOut } from '../patterns/protected-routes';

export function HomePage() {
  return (
    <>
      <title>AuthKit React patterns</title>
      <h1>AuthKit in a single-page app</h1>
      <output className="lead">
        <Greeting />
      </output>
      <ul className="index">
        {Object.entries(patterns).map(([path, { title, shows }]) => (
          <li key={path}>
            <Link to={path}>{title}</Link>
            <p className="muted">{shows}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Greeting() {
  const { isLoading, user } = useAuth();
  const isSignedOut = useIsSignedOut();
  if (isLoading) return 'Looking for your session…';
  if (user) return `Hello, ${user.firstName ?? user.email}.`;
  return isSignedOut ? 'You are signed out.' : <SessionUnknown />;
}
