import Link from 'next/link';

// trap/link-to-sign-in
export default function HomePage() {
  return (
    <Link href="/sign-in" prefetch={false}>
      Sign in
    </Link>
  );
}
