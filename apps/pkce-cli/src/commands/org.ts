import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { plain, table } from '../terminal.ts';
import { apiError, callApi } from './api.ts';

interface Organization {
  id: string;
  name: string;
}

/** Lists the organizations that the person is a member of. */
export async function listOrganizations(context: Context): Promise<void> {
  const organizations = await fetchOrganizations(context);
  const { session } = await context.session();
  const list = organizations.map(({ id, name }) => ({
    id,
    name,
    current: id === session.organizationId,
  }));
  context.terminal.result(
    { organizations: list },
    table([
      ['ORGANIZATION', 'NAME'],
      ...list.map(({ id, name, current }) => [`${id}${current ? ' *' : ''}`, name]),
    ]),
  );
}

/** Goes on in another organization; asks which one when it is not named. */
export async function switchOrganization(
  context: Context,
  named: string | undefined,
): Promise<void> {
  const organizationId = named ?? (await choose(context));
  const { session } = await context.session({ organizationId });
  context.terminal.result(
    {
      organizationId: session.organizationId,
      role: session.role,
      permissions: session.permissions,
    },
    [`You are in ${session.organizationId}${session.role ? ` as ${session.role}` : ''}.`],
  );
}

/** A public client cannot ask WorkOS which organizations there are, so the API, which can, has a route for it. */
async function fetchOrganizations(context: Context): Promise<Organization[]> {
  const answer = await callApi(context, '/api/organizations');
  if (answer.status === 404) {
    throw new CliError('failed', 'The API at WORKER_URL has no GET /api/organizations.', {
      hint: '`pkce-cli org switch ORGANIZATION_ID` works without it.',
    });
  }
  if (answer.status >= 300) throw apiError(answer);
  try {
    const { organizations } = JSON.parse(answer.text) as { organizations: Organization[] };
    return organizations.map(({ id, name }) => ({ id: String(id), name: String(name) }));
  } catch (cause) {
    throw new CliError('failed', 'The API did not answer with organizations.', { cause });
  }
}

async function choose(context: Context): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CliError('usage', 'Which organization?', {
      hint: 'pkce-cli org switch ORGANIZATION_ID',
    });
  }
  const organizations = await fetchOrganizations(context);
  organizations.forEach(({ id, name }, i) => {
    context.terminal.note(plain(`${i + 1}  ${name} (${id})`));
  });
  for (;;) {
    const answer = await context.terminal.ask(`Organization [1-${organizations.length}]: `);
    const chosen = organizations[Number(answer) - 1];
    if (chosen) return chosen.id;
    context.terminal.note('Enter one of the numbers, or press Ctrl-C.');
  }
}
