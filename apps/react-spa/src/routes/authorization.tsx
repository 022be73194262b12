import { useAuth } from '@workos-inc/authkit-react';
import { PatternPage } from '../demo';
import { ApiCall } from '../patterns/access-token';
import { Allowed } from '../patterns/authorization';

export function AuthorizationPage() {
  const { role, roles, permissions, featureFlags } = useAuth();
  return (
    <PatternPage path="/authorization">
      <dl className="facts">
        <dt>Role</dt>
        <dd>{role ?? 'none'}</dd>
        <dt>All roles</dt>
        <dd>{roles?.join(', ') || 'none'}</dd>
        <dt>Permissions</dt>
        <dd>{permissions.join(', ') || 'none'}</dd>
        <dt>Feature flags</dt>
        <dd>{featureFlags.join(', ') || 'none'}</dd>
      </dl>
      <Allowed
        when={{ permission: 'posts:write' }}
        otherwise={<p>You may read posts, not write them.</p>}
      >
        <ApiCall method="POST" path="/api/posts" body={{ title: 'Hello' }} />
      </Allowed>
      <Allowed when={{ role: 'admin' }}>
        <p>You are an admin of this organization.</p>
      </Allowed>
      <Allowed when={{ featureFlag: 'beta-dashboard' }}>
        <p>The beta dashboard is on for you.</p>
      </Allowed>
      <h2>Shown to everybody: the API decides</h2>
      <ApiCall method="DELETE" path="/api/users/user_nobody" />
    </PatternPage>
  );
}
