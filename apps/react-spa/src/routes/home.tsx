import { useAuth } from '@workos-inc/authkit-react';
import { Link } from 'react-router';
import { patterns } from '../demo';

export function HomePage() {
  const { isLoading, user } = useAuth();
  return (
    <>
      <title>AuthKit React patterns</title>
      <h1>AuthKit in a single-page app</h1>
      <output className="lead">
        {isLoading && 'Looking for your session…'}
        {!isLoading && (user ? `Hello, ${user.firstName ?? user.email}.` : 'You are signed out.')}
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
