import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';

export const metadata: Metadata = { title: patterns['authkit-proxy'].title };

export default async function AuthkitProxyPage({ searchParams }: PageProps<'/authkit-proxy'>) {
  const query = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value ?? ''].flat().map((one): [string, string] => [name, one]),
    ),
  );
  return (
    <PatternPage id="authkit-proxy">
      <Card title="You came to">
        <Facts
          facts={{ Path: <code>/authkit-proxy</code>, Query: <code>{query.toString()}</code> }}
        />
      </Card>
    </PatternPage>
  );
}
