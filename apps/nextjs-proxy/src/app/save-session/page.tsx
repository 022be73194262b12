import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../demo';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: patterns['save-session'].title };

export default function SaveSessionPage() {
  return (
    <PatternPage id="save-session">
      <Card title="Sign in without the hosted page">
        <SignInForm />
      </Card>
    </PatternPage>
  );
}
