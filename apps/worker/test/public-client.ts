import { createWorkOS, WorkOS } from '@workos-inc/node/worker';

// The naive form of trap/worker-env: a public client in a Worker that has the key among its bindings.
export default {
  fetch(): Response {
    const client = createWorkOS({ clientId: 'client_mock' });
    let withoutArguments: string;
    try {
      withoutArguments = new WorkOS().key ?? 'no key';
    } catch (error) {
      withoutArguments = (error as Error).name;
    }
    return Response.json({ key: 'key' in client ? (client.key ?? null) : null, withoutArguments });
  },
} satisfies ExportedHandler<Env>;
