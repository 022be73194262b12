import { PatternPage } from '../demo';
import { ApiCall } from '../patterns/access-token';

export function AccessTokenPage() {
  return (
    <PatternPage path="/access-token">
      <ApiCall path="/api/me" />
      <ApiCall path="/api/posts" />
    </PatternPage>
  );
}
