import { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';
import { Bare } from '../bare/bare';

export default function ProviderPage() {
  return (
    <AuthKitProvider initialAuth={{ user: null }}>
      <Bare />
    </AuthKitProvider>
  );
}
