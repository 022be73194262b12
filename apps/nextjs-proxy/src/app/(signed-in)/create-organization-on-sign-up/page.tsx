import { withAuth } from '@workos-inc/authkit-nextjs';
import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';
import { organizationsOf } from '../get-workos/get-workos';

export const metadata: Metadata = { title: patterns['create-organization-on-sign-up'].title };

export default async function CreateOrganizationOnSignUpPage() {
  const { user, organizationId, role } = await withAuth({ ensureSignedIn: true });
  const mine = await organizationsOf(user.id);
  return (
    <PatternPage id="create-organization-on-sign-up">
      <Card title="Your organizations">
        <Facts
          facts={{
            Member: mine.map(({ name }) => name).join(', '),
            'This session': organizationId,
            Role: role,
          }}
        />
      </Card>
      <Card title="Sign up as somebody new">
        <form action="/create-organization-on-sign-up/sign-up" className="field">
          <label htmlFor="name">Name of the organization</label>
          <input id="name" name="name" maxLength={60} required />
          <button className="button">Sign up</button>
        </form>
      </Card>
    </PatternPage>
  );
}
