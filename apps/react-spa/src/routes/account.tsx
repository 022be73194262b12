import { useAuth } from '@workos-inc/authkit-react';
import { useLocation } from 'react-router';
import { PatternPage } from '../demo';

export function AccountPage() {
  const { user } = useAuth();
  const { pathname, search, hash } = useLocation();
  return (
    <PatternPage path="/account">
      <dl className="facts">
        <dt>Account of</dt>
        <dd>{user?.email}</dd>
        <dt>Address</dt>
        <dd>
          <code>{pathname + search + hash}</code>
        </dd>
      </dl>
    </PatternPage>
  );
}
