/**
 * What `pnpm new:pattern` writes, by app: a small thing that runs, its test, and the lines by which the app hands over to it.
 * scripts/new-pattern.test.ts runs what is here in every app.
 */

/** The pattern, and its name in the spellings that code needs. */
export interface Names {
  /** `nextjs/validate-api-key` */
  id: string;
  document: string;
  /** `validate-api-key` */
  name: string;
  /** `ValidateApiKey` */
  pascal: string;
  /** `validate_api_key` */
  snake: string;
  /** `Validate api key` */
  title: string;
}

/** Lines that go into a file of the app. */
export interface Seam {
  file: string;
  lines: string;
  /** Text that is there once: the lines go in front of it. Without one they are an import, which finds its own place. */
  before?: string;
  /** What must not be in the file: the name is taken. */
  taken?: string;
}

export interface Template {
  /** What the ids of the app's patterns begin with. */
  prefix: string;
  /** Paths in the app, the pattern's own first. */
  files: Record<string, string>;
  seams: Seam[];
  /** Files and folders, as globs, that would answer at the same address. */
  taken?: string[];
  /** Of the table in the app's README. */
  row: [pattern: string, code: string, test: string];
  /** For scripts/pattern-facts.ts. */
  api: string;
}

/** Marks the one place to write the pattern. */
export const HERE = 'TODO: the pattern goes here, in place of what follows.';
const WHO = "{ email: 'grace@acme.test', organization: 'Globex' }";
const link = (path: string) => `[${path.split('/').at(-1)}](${path})`;

export const TEMPLATES: Record<string, (names: Names) => Template> = {
  'nextjs-proxy': ({ id, document, name, pascal, title }) => {
    const folder = `src/app/(signed-in)/${name}`;
    return {
      prefix: 'nextjs',
      files: {
        [`${folder}/${name}.ts`]: `// ${id} — ${document}
import { withAuth } from '@workos-inc/authkit-nextjs';

/** TODO: what it does, and for whom. */
export async function show${pascal}(): Promise<Record<string, string | undefined>> {
  // ${HERE}
  const { user, organizationId } = await withAuth();
  return { 'E-mail address': user?.email, Organization: organizationId };
}
`,
        [`${folder}/page.tsx`]: `import type { Metadata } from 'next';
import { Card, Facts, patterns, PatternPage } from '../../../demo';
import { show${pascal} } from './${name}';

export const metadata: Metadata = { title: patterns['${name}'].title };

export default async function ${pascal}Page() {
  return (
    <PatternPage id="${name}">
      <Card title="Result">
        <Facts facts={await show${pascal}()} />
      </Card>
    </PatternPage>
  );
}
`,
        [`${folder}/${name}.test.ts`]: `import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { show${pascal} } from './${name}';

test('${id}: shows the person who asks', async ({ workos }) => {
  const grace = await workos.signIn(${WHO});
  const { result } = await inRequest('/${name}', grace.cookies, show${pascal});
  expect(result).toEqual({ 'E-mail address': 'grace@acme.test', Organization: 'org_globex' });
});
`,
      },
      seams: [
        {
          file: 'src/demo.tsx',
          before: '} satisfies Record<string, Pattern>;',
          lines: `  '${name}': {
    title: '${title}',
    shows: 'TODO: what a person can see here.',
    files: [\`\${INSIDE}/${name}/${name}.ts\`],
    docs: '${document}',
    notWhen: 'TODO: when something else is better.',
  },
`,
        },
      ],
      taken: [`src/app/{,*/}${name}`],
      row: [id, `\`${name}/${name}.ts\``, `\`${name}/${name}.test.ts\``],
      api: 'withAuth()',
    };
  },

  'nextjs-composable': ({ id, document, name, pascal }) => ({
    prefix: 'nextjs',
    files: {
      [`src/${name}.ts`]: `// ${id} — ${document}
import {
  applyResponseHeaders,
  type AuthkitResponse,
  partitionAuthkitHeaders,
} from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

/**
 * TODO: what it does, and for whom.
 *
 * @param headers What \`authkit()\` returned: whatever is answered carries them.
 * @returns The answer; nothing for other paths.
 */
export function answer${pascal}(
  request: NextRequest,
  headers: Headers,
  session: AuthkitResponse['session'],
): NextResponse | undefined {
  if (request.nextUrl.pathname !== '/${name}') return;
  // ${HERE}
  const answer = NextResponse.json({ email: session.user?.email, in: session.organizationId });
  return applyResponseHeaders(answer, partitionAuthkitHeaders(request, headers).responseHeaders);
}
`,
      [`src/${name}.test.ts`]: `import { expect, test } from 'workos-mock/vitest';
import { visit } from '../test/visit';

test('${id}: answers the person who asks, and sends everybody else to AuthKit', async ({ workos }) => {
  const grace = await workos.signIn(${WHO});
  const response = await visit('/${name}', grace.cookies);
  expect(await response.json()).toEqual({ email: 'grace@acme.test', in: 'org_globex' });
  expect(await visit('/${name}')).toRedirectToAuthKit();
});
`,
    },
    seams: [
      { file: 'src/compose.ts', lines: `import { answer${pascal} } from './${name}';\n` },
      {
        file: 'src/compose.ts',
        before: '    localize(request, headers) ??\n',
        lines: `    answer${pascal}(request, headers, session) ??\n`,
      },
    ],
    taken: [`src/app/{,*/}${name}`],
    row: [id, link(`src/${name}.ts`), link(`src/${name}.test.ts`)],
    api: 'partitionAuthkitHeaders()',
  }),

  'react-spa': ({ id, document, name, pascal, title }) => ({
    prefix: 'react',
    files: {
      [`src/patterns/${name}.tsx`]: `// ${id} — ${document}
import { useAuth } from '@workos-inc/authkit-react';

/** TODO: what it shows, and to whom. */
export function ${pascal}() {
  // ${HERE}
  const { user, organizationId } = useAuth();
  return (
    <dl className="facts">
      <dt>Person</dt>
      <dd>{user?.email ?? 'nobody'}</dd>
      <dt>Organization</dt>
      <dd>{organizationId ?? 'none'}</dd>
    </dl>
  );
}
`,
      [`src/routes/${name}.tsx`]: `import { PatternPage } from '../demo';
import { ${pascal} } from '../patterns/${name}';

export function ${pascal}Page() {
  return (
    <PatternPage path="/${name}">
      <${pascal} />
    </PatternPage>
  );
}
`,
      [`src/patterns/${name}.test.tsx`]: `import { screen } from '@testing-library/react';
import { expect, test } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { ${pascal} } from './${name}';

test('${id}: shows who is here', async ({ workos }) => {
  await renderWithAuth(workos, <${pascal} />, { as: ${WHO} });
  expect(screen.getByText('grace@acme.test')).toBeDefined();
  expect(screen.getByText('org_globex')).toBeDefined();
});
`,
    },
    seams: [
      {
        file: 'src/router.tsx',
        lines: `import { ${pascal}Page } from './routes/${name}';\n`,
      },
      {
        file: 'src/router.tsx',
        before: '        </Route>\n        <Route path="*"',
        lines: `          <Route path="${name}" element={<${pascal}Page />} />\n`,
        taken: `path="${name}"`,
      },
      {
        file: 'src/demo.tsx',
        before: '} satisfies Record<string, Pattern>;',
        lines: `  '/${name}': {
    id: '${id}',
    title: '${title}',
    shows: 'TODO: what a person can see here.',
    files: ['src/patterns/${name}.tsx'],
    docs: '${document}',
    notWhen: 'TODO: when something else is better.',
  },
`,
      },
    ],
    row: [`\`${id}\``, link(`src/patterns/${name}.tsx`), link(`src/patterns/${name}.test.tsx`)],
    api: 'useAuth()',
  }),

  worker: ({ id, document, name, pascal }) => ({
    prefix: 'node',
    files: {
      [`src/${name}.ts`]: `// ${id} — ${document}
import { workosFor } from './workos';

/**
 * TODO: what it does, and for whom.
 *
 * @param organizationId From the credential of the caller, never from the request: the API key reads everybody's.
 */
export async function show${pascal}(env: Env, organizationId: string): Promise<{ name: string }> {
  // ${HERE}
  const { organizations } = await workosFor(env);
  const { name } = await organizations.getOrganization(organizationId);
  return { name };
}
`,
      [`src/${name}.test.ts`]: `import { expect, test } from '../test/workos';

test('${id}: answers for the organization of whoever asks', async ({ worker, workos }) => {
  const grace = await workos.signIn(${WHO});
  const response = await worker('/api/${name}', { headers: grace.headers });
  expect(await response.json()).toEqual({ name: 'Globex' });
  expect((await worker('/api/${name}')).status).toBe(401);
});
`,
    },
    seams: [
      { file: 'src/api.ts', lines: `import { show${pascal} } from './${name}';\n` },
      {
        file: 'src/api.ts',
        before: ';\n\nfunction postsOf(',
        lines: `\n  .get('/${name}', requirePermission(), async (c) => c.json(await show${pascal}(c.env, organizationOf(c))))`,
        taken: `'/${name}'`,
      },
    ],
    row: [id, link(`src/${name}.ts`), link(`src/${name}.test.ts`)],
    api: 'getOrganization()',
  }),

  'pkce-cli': ({ id, document, name, pascal }) => ({
    prefix: 'node',
    files: {
      [`src/${name}.ts`]: `// ${id} — ${document}
import type { PublicWorkOS } from '@workos-inc/node';

/** TODO: what it does, and for whom. */
export function show${pascal}(workos: PublicWorkOS, sessionId: string): string {
  // ${HERE}
  return workos.userManagement.getLogoutUrl({ sessionId });
}
`,
      [`src/commands/${name}.ts`]: `import type { Context } from '../context.ts';
import { createPublicClient } from '../public-client.ts';
import { plain } from '../terminal.ts';
import { show${pascal} } from '../${name}.ts';

/** TODO: what it prints. */
export async function run${pascal}({ terminal, settings, session: open }: Context): Promise<void> {
  const { session } = await open();
  const result = show${pascal}(createPublicClient(settings()), session.sessionId);
  terminal.result({ result }, [plain(result)]);
}
`,
      [`src/${name}.test.ts`]: `import { expect, test } from '../test/command.ts';

test('${id}: prints what is about the session of whoever asks', async ({ cli }) => {
  expect(await cli.run(['${name}'])).toMatchObject({ code: 3, stdout: '' });
  await cli.signIn('ada@acme.test');
  const { session } = await cli.stored();
  const { code, stdout } = await cli.run(['${name}']);
  expect(code).toBe(0);
  expect(stdout).toContain(session.sessionId);
});
`,
    },
    seams: [
      {
        file: 'src/program.ts',
        before: "  program\n    .command('completion')",
        lines: `  program
    .command('${name}')
    .description('TODO: what it does')
    .action(
      run(async (context) => (await import('./commands/${name}.ts')).run${pascal}(context)),
    );

`,
      },
    ],
    row: [id, link(`src/${name}.ts`), link(`src/${name}.test.ts`)],
    api: 'getLogoutUrl()',
  }),

  'python-client': ({ id, document, snake }) => ({
    prefix: 'python',
    files: {
      [`${snake}.py`]: `# ${id} — ${document}

"""TODO: what this is about."""

from __future__ import annotations

from workos import WorkOSClient


def show_${snake}(workos: WorkOSClient, organization_id: str) -> str:
    """TODO: what it does, and for whom."""
    # ${HERE}
    return workos.organizations.get_organization(id=organization_id).name
`,
      [`test_${snake}.py`]: `"""The pattern against the mock."""

from __future__ import annotations

from client import create_client
from conftest import Mock
from ${snake} import show_${snake}


def test_${snake}(mock: Mock) -> None:
    """${id}: answers for the organization that is asked about."""
    with create_client(mock.settings) as workos:
        assert show_${snake}(workos, "org_globex") == "Globex"
`,
    },
    seams: [],
    row: [id, link(`${snake}.py`), link(`test_${snake}.py`)],
    api: 'get_organization()',
  }),

  'go-client': ({ id, document, name, pascal }) => {
    // Go takes what follows an underscore for a system: x_linux.go is not built elsewhere.
    const file = name.replaceAll('-', '');
    return {
      prefix: 'go',
      files: {
        [`${file}.go`]: `// ${id} — ${document}

package client

import (
	"context"

	"github.com/workos/workos-go/v6/pkg/organizations"
)

// Show${pascal}: TODO, what it does, and for whom.
func Show${pascal}(ctx context.Context, organizationID string) (string, error) {
	// ${HERE}
	opts := organizations.GetOrganizationOpts{Organization: organizationID}
	organization, err := organizations.GetOrganization(ctx, opts)
	return organization.Name, err
}
`,
        [`${file}_test.go`]: `package client

import (
	"context"
	"testing"
)

// ${id}: answers for the organization that is asked about.
func TestShow${pascal}(t *testing.T) {
	newMock(t)
	name, err := Show${pascal}(context.Background(), "org_globex")
	if err != nil || name != "Globex" {
		t.Errorf("got %q, %v", name, err)
	}
}
`,
      },
      seams: [],
      row: [id, link(`${file}.go`), link(`${file}_test.go`)],
      api: 'GetOrganization()',
    };
  },
};

/** Apps without a template, and what to do there. */
export const BY_HAND: Record<string, string> = {
  'nextjs-middleware': 'it shows what differs from nextjs-proxy: add the pattern there',
  'node-migrations':
    'a change is the same code on three versions: copy a folder of its src, list it in changes.ts, then pnpm migrations --write',
};
