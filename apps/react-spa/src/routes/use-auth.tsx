import { PatternPage } from '../demo';
import { UseAuth } from '../patterns/use-auth';

export function UseAuthPage() {
  return (
    <PatternPage path="/use-auth">
      <UseAuth />
    </PatternPage>
  );
}
