import { PatternPage } from '../demo';
import { UrlHelpers } from '../patterns/url-helpers';

export function UrlHelpersPage() {
  return (
    <PatternPage path="/url-helpers">
      <UrlHelpers returnTo="/account?from=a-link" />
    </PatternPage>
  );
}
