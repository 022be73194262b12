import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Frame } from '../demo';
import './styles.css';

export const metadata: Metadata = {
  title: { default: 'AuthKit in Next.js 15', template: '%s · AuthKit in Next.js 15' },
};

/** The public part reads no session, so that its pages stay static. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Frame>{children}</Frame>
      </body>
    </html>
  );
}
