import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';
import { PlainLink } from '../../../plain-link';
import { lastState } from './custom-state';

export const metadata: Metadata = { title: patterns['custom-state'].title };

const starts = {
  'Sign in from the pricing page': '/custom-state/sign-in?plan=team&referrer=pricing',
  'Sign in with state that makes no sense': '/custom-state/sign-in?plan=gold&referrer=<script>',
};

export default async function CustomStatePage() {
  const { plan, referrer } = await lastState();
  return (
    <PatternPage id="custom-state">
      <Card title="This sign-in came with">
        <Facts facts={{ Plan: plan, Referrer: referrer }} />
      </Card>
      <Card title="Sign in again">
        <ul>
          {Object.entries(starts).map(([title, href]) => (
            <li key={href}>
              <PlainLink href={href}>{title}</PlainLink>
            </li>
          ))}
        </ul>
      </Card>
    </PatternPage>
  );
}
