import { useAuth } from '@workos-inc/authkit-react';
import { useState } from 'react';
import { PatternPage } from '../demo';
import { type SwitchResult, useSwitchToOrganization } from '../patterns/switch-to-organization';

/** In a real app, the answer of your API. */
const organizations = [
  { id: 'org_acme', name: 'Acme' },
  { id: 'org_globex', name: 'Globex' },
];

const words: Record<SwitchResult, string> = {
  switched: 'Switched.',
  leaving: 'You cannot go on there with this session. Taking you to sign in…',
  unavailable: 'Not possible just now; nothing has changed. Try again.',
};

export function OrganizationsPage() {
  const { organizationId, role } = useAuth();
  const switchTo = useSwitchToOrganization();
  const [message, setMessage] = useState('');
  const choose = async (id: string) => {
    setMessage('Switching…');
    setMessage(words[await switchTo(id)]);
  };
  return (
    <PatternPage path="/switch-to-organization">
      <dl className="facts">
        <dt>Organization</dt>
        <dd>
          <code>{organizationId ?? 'none'}</code>
        </dd>
        <dt>Role</dt>
        <dd>{role ?? 'none'}</dd>
      </dl>
      <div className="actions">
        {organizations.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className="button"
            aria-pressed={id === organizationId}
            onClick={() => void choose(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <output>{message}</output>
    </PatternPage>
  );
}
