import type { Metadata } from 'next';
import { Card, patterns, PatternPage } from '../../../demo';
import { flagsFor } from './feature-flags';

export const metadata: Metadata = { title: patterns['feature-flags'].title };

const say = (on: boolean | undefined) => (on === undefined ? 'not known yet' : on ? 'on' : 'off');

export default async function FeatureFlagsPage() {
  const flags = await flagsFor(['beta-dashboard', 'dark-launch']);
  return (
    <PatternPage id="feature-flags">
      <Card title="Flags">
        <table>
          <thead>
            <tr>
              <th scope="col">Flag</th>
              <th scope="col">In the token</th>
              <th scope="col">Runtime client</th>
            </tr>
          </thead>
          <tbody>
            {flags.map(({ slug, inToken, now }) => (
              <tr key={slug}>
                <th scope="row">
                  <code>{slug}</code>
                </th>
                <td>{say(inToken)}</td>
                <td>{say(now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </PatternPage>
  );
}
