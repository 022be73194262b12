import { Suspense } from 'react';
import { Plans } from './plans';
import { WhoIsHere } from './who-is-here';

export default function HomePage() {
  return (
    <main>
      <h1>The shell</h1>
      <Plans />
      <Suspense fallback={<p>One moment…</p>}>
        <WhoIsHere />
      </Suspense>
    </main>
  );
}
