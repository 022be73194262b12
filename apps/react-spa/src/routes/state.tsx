import { useState } from 'react';
import { PatternPage } from '../demo';
import { readReturnPath, signInPath } from '../return-path';

export function StatePage() {
  const [wanted, setWanted] = useState('/account?tab=billing&state=open#invoices');
  return (
    <PatternPage path="/state">
      <div className="field">
        <label htmlFor="wanted">Come back to</label>
        <input id="wanted" value={wanted} onChange={(event) => setWanted(event.target.value)} />
        <a className="button primary" href={signInPath(wanted)}>
          Sign in
        </a>
      </div>
      <p className="muted">
        You will arrive at <code>{readReturnPath(wanted)}</code>. Try{' '}
        <code>{'//evil.example'}</code> or <code>{'/\\evil.example'}</code>.
      </p>
    </PatternPage>
  );
}
