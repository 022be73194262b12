import type { ReactNode } from 'react';
import { ImpersonationFrame } from './impersonation/impersonation';
import { ProviderInitialAuth } from './provider-initial-auth/provider-initial-auth';
import { SessionBar } from './session-bar';

/** The part of the app for people who are signed in. */
export default function SignedInLayout({ children }: { children: ReactNode }) {
  return (
    <ProviderInitialAuth>
      <ImpersonationFrame />
      <SessionBar />
      {children}
    </ProviderInitialAuth>
  );
}
