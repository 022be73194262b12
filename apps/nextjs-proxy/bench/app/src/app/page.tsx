import { headers } from 'next/headers';

/** Made for each request, as a page that knows the person is; it asks for no session itself. */
export default async function DynamicPage() {
  return <p>Hello, {(await headers()).get('user-agent')}</p>;
}
