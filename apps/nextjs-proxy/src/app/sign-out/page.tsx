import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../demo';
import { signOutAction } from './sign-out';

export const metadata: Metadata = { title: patterns['sign-out'].title };

export default function SignOutPage() {
  return (
    <PatternPage id="sign-out">
      <Card title="End this session">
        <form action={signOutAction} className="actions">
          <button className="button primary">Sign out</button>
          <button className="button" name="returnTo" value="/">
            Sign out and go to the start
          </button>
        </form>
      </Card>
    </PatternPage>
  );
}
