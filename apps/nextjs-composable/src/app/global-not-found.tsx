import type { Metadata } from 'next';
import { Frame } from '../demo';
import NotFound from './(one-language)/not-found';
import './styles.css';

export const metadata: Metadata = { title: 'Not found' };

/** For addresses that no route has: with two root layouts, neither of them is around it. */
export default function GlobalNotFound() {
  return (
    <html lang="en">
      <body>
        <Frame locale="en">
          <NotFound />
        </Frame>
      </body>
    </html>
  );
}
