import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Frame } from '../../demo';
import '../styles.css';

export const metadata: Metadata = {
  title: {
    default: 'AuthKit beside your own proxy',
    template: '%s · AuthKit beside your own proxy',
  },
};

/** The public part reads no session, so that its pages stay static. */
export default function OneLanguageLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Frame locale="en">{children}</Frame>
      </body>
    </html>
  );
}
