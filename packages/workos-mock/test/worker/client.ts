import { createWorkOS } from '@workos-inc/node/worker';

/** A Worker with the real SDK, on WorkOS' own host. */
export default {
  async fetch(request: Request): Promise<Response> {
    const refreshToken = new URL(request.url).searchParams.get('refresh_token')!;
    const workos = createWorkOS({ clientId: 'client_mock', apiKey: 'sk_test_default' });
    const { user } = await workos.userManagement.authenticateWithRefreshToken({
      clientId: 'client_mock',
      refreshToken,
    });
    const { data } = await workos.userManagement.listUsers();
    return Response.json({ email: user.email, users: data.length });
  },
};
