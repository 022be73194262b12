import { expect, test } from 'vitest';
import { endpoints, missingEndpoints } from '../src/endpoints.ts';
import { createWorkosMock, type WorkosMock } from '../src/mock.ts';
import { readOpenApiDocument } from './openapi-document.ts';
import { type RawRequest, send } from './raw.ts';

/** A body that an endpoint would take if what its path names were there. */
const VALID: Record<string, object> = {
  'PUT /authorization/organizations/:id/roles/:slug/permissions': { permissions: [] },
  'POST /authorization/organizations/:id/roles': { name: 'Own' },
  'POST /authorization/organizations/:id/roles/:slug/permissions': { slug: 'posts:read' },
  'PUT /authorization/roles/:slug/permissions': { permissions: [] },
  'POST /authorization/roles/:slug/permissions': { slug: 'posts:read' },
  'POST /auth/challenges/:id/verify': { code: '000000' },
  'POST /organizations/:id/api_keys': { name: 'Key' },
  'POST /user_management/users/:id/api_keys': { name: 'Key', organization_id: 'org_acme' },
  'POST /user_management/users/:id/auth_factors': { type: 'totp' },
  'POST /user_management/users/:id/email_verification/confirm': { code: '000000' },
  'PUT /vault/v1/kv/:id': { value: 'new' },
};

test.for(endpoints.filter((endpoint) => /:\w+/.test(endpoint)))(
  '%s answers 404 for what is not there',
  async (endpoint) => {
    const body = VALID[endpoint];
    const ask = endpoint.replaceAll(/:\w+/g, 'org_missing');
    const { status, json } = await send(createWorkosMock(), { ask, body });
    expect({ status, code: json.code }).toEqual({ status: 404, code: 'entity_not_found' });
    expect(json.message).toContain("not found: 'org_missing'");
  },
);

test.for(endpoints.filter((endpoint) => endpoint !== 'GET /user_management/authorize'))(
  '%s never takes a wrong API key or a wrong client',
  async (endpoint) => {
    const mock = createWorkosMock();
    const ask = endpoint.replaceAll(/:\w+/g, 'org_missing');
    const { status } = await send(mock, { ask, headers: { authorization: 'Bearer sk_wrong' } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  },
);

/** Requests with a mistake in them: the endpoint, the body, and what is answered. */
const MISTAKES: [ask: string, body: object | undefined, status: number, code?: string][] = [
  ['POST /api_keys/validations', {}, 422],
  ['POST /auth/factors/enroll', { type: 'sms' }, 422],
  ['POST /auth/factors/enroll', { type: 'carrier-pigeon' }, 422],
  ['POST /authorization/organizations/org_acme/roles', {}, 422],
  [
    'POST /authorization/organizations/org_acme/roles',
    { name: 'A', slug: '?' },
    400,
    'bad_request',
  ],
  ['POST /authorization/permissions', {}, 422],
  ['POST /authorization/permissions', { name: 'A', slug: '?' }, 400, 'bad_request'],
  [
    'POST /authorization/permissions',
    { name: 'A', slug: 'posts:read' },
    409,
    'permission_slug_conflict',
  ],
  ['PATCH /authorization/permissions/posts:read', { name: 1 }, 422],
  ['POST /authorization/roles', {}, 422],
  ['POST /authorization/roles', { name: 'A', slug: '?' }, 400, 'bad_request'],
  ['POST /authorization/roles', { name: 'A', slug: 'admin' }, 409, 'role_slug_conflict'],
  ['PATCH /authorization/roles/admin', { name: 1 }, 422],
  ['PUT /authorization/roles/admin/permissions', {}, 422],
  ['PUT /authorization/roles/admin/permissions', { permissions: ['none'] }, 404],
  ['POST /authorization/roles/admin/permissions', {}, 422],
  ['GET /directory_groups', undefined, 422],
  ['GET /directory_groups?directory=directory_none', undefined, 404],
  ['GET /directory_users', undefined, 422],
  ['GET /directory_users?directory=directory_none', undefined, 404],
  ['POST /feature-flags/beta-dashboard/targets/nonsense', undefined, 400],
  ['POST /feature-flags/beta-dashboard/targets/user_none', undefined, 404],
  ['DELETE /feature-flags/beta-dashboard/targets/nonsense', undefined, 400],
  ['POST /organizations', {}, 422],
  ['POST /organizations', { name: 'A', domains: ['acme.test'] }, 409],
  ['POST /organizations', { name: 'A', metadata: { ä: '1' } }, 400, 'invalid_metadata'],
  ['PUT /organizations/org_acme', { name: '' }, 422],
  ['PUT /organizations/org_acme', { domains: ['globex.test'] }, 409],
  ['PUT /organizations/org_acme', { metadata: { a: 'x'.repeat(601) } }, 400, 'invalid_metadata'],
  ['POST /organizations/org_acme/api_keys', {}, 422],
  ['POST /organizations/org_acme/api_keys', { name: 'A', permissions: ['none'] }, 422],
  ['POST /organization_domains', {}, 422],
  ['POST /organization_domains', { domain: 'a.test', organization_id: 'org_none' }, 404],
  [
    'POST /organization_domains',
    { domain: 'acme.test', organization_id: 'org_acme' },
    409,
    'domain_already_exists',
  ],
  ['POST /portal/generate_link', {}, 422],
  ['POST /portal/generate_link', { organization: 'org_acme', intent: 'x' }, 422],
  ['POST /sso/token', {}, 422],
  ['GET /sso/profile', undefined, 401],
  ['POST /user_management/authenticate', {}, 422],
  ['POST /user_management/authorize/device', {}, 400],
  ['POST /user_management/cors_origins', { origin: 'nowhere' }, 422],
  ['POST /user_management/redirect_uris', {}, 422],
  ['GET /user_management/jwt_template', undefined, 404],
  ['PUT /user_management/jwt_template', {}, 422],
  ['PUT /user_management/jwt_template', { content: 'not JSON' }, 422],
  ['PUT /user_management/jwt_template', { content: '{"a":"{{ user.email | upcase }}"}' }, 422],
  ['PUT /user_management/jwt_template', { content: `{"a":"${'x'.repeat(3100)}"}` }, 422],
  ['POST /user_management/invitations', {}, 422],
  ['POST /user_management/invitations', { email: 'nobody' }, 422],
  [
    'POST /user_management/invitations',
    { email: 'a@b.test', inviter_user_id: 'user_none' },
    404,
    'entity_not_found',
  ],
  ['POST /organizations', { name: 'A', domain_data: [{ domain: 'a.test' }] }, 422],
  ['POST /user_management/invitations', { email: 'a@b.test', organization_id: 'org_none' }, 404],
  [
    'POST /user_management/invitations',
    { email: 'a@b.test', expires_in_days: 31 },
    400,
    'expires_in_days_too_long',
  ],
  [
    'POST /user_management/invitations',
    { email: 'a@b.test', expires_in_days: 0 },
    400,
    'expires_in_days_too_short',
  ],
  [
    'POST /user_management/invitations',
    { email: 'ada@acme.test', organization_id: 'org_acme' },
    400,
    'user_already_organization_member',
  ],
  ['POST /user_management/magic_auth', {}, 422],
  ['POST /user_management/magic_auth', { email: 'nonsense' }, 422],
  ['POST /user_management/magic_auth', { email: 'a@b.test', invitation_token: 'x' }, 400],
  [
    'GET /user_management/organization_memberships',
    undefined,
    400,
    'missing_user_id_or_organization_id',
  ],
  ['GET /user_management/organization_memberships?user_id=user_ada&limit=0', undefined, 422],
  ['POST /user_management/organization_memberships', {}, 422],
  [
    'POST /user_management/organization_memberships',
    { user_id: 'user_none', organization_id: 'org_acme' },
    404,
  ],
  [
    'POST /user_management/organization_memberships',
    { user_id: 'user_linus', organization_id: 'org_acme', role_slug: 'none' },
    422,
    'invalid_role',
  ],
  ['POST /user_management/password_reset', {}, 422],
  ['POST /user_management/password_reset', { email: 'nobody@acme.test' }, 404],
  ['POST /user_management/password_reset/confirm', {}, 422],
  ['POST /user_management/password_reset/confirm', { token: 'x', new_password: 'y' }, 404],
  ['GET /user_management/sessions/logout', undefined, 422],
  ['POST /user_management/sessions/revoke', { session_id: 'session_none' }, 400],
  ['POST /user_management/users', {}, 422],
  ['POST /user_management/users', { email: 'nonsense' }, 400, 'user_creation_error'],
  ['PUT /user_management/users/user_ada', { email: 1 }, 422],
  ['PUT /user_management/users/user_ada', { email: 'eve@acme.test' }, 400, 'email_not_available'],
  ['PUT /user_management/users/user_ada', { password: 'short' }, 400, 'password_strength_error'],
  ['POST /user_management/users/user_ada/api_keys', { name: 'A' }, 422],
  [
    'POST /user_management/users/user_ada/api_keys',
    { name: 'A', organization_id: 'org_acme', permissions: ['none'] },
    400,
  ],
  [
    'POST /user_management/users/user_ada/api_keys',
    { name: 'A', organization_id: 'org_globex' },
    404,
  ],
  ['POST /user_management/users/user_ada/auth_factors', { type: 'sms' }, 422],
  ['POST /user_management/users/user_ada/email_verification/confirm', {}, 422],
  [
    'POST /user_management/users/user_ada/email_verification/send',
    undefined,
    400,
    'email_already_verified',
  ],
  ['POST /webhook_endpoints', { endpoint_url: 'x', events: ['user.created'] }, 422, 'invalid_url'],
  ['POST /widgets/token', {}, 422],
];

test.for(MISTAKES)('%s with %j answers %i', async ([ask, body, status, code]) => {
  const answer = await send(createWorkosMock(), { ask, body });
  const { message, error, errors = [] } = answer.json;
  const fields = (errors as { field?: string }[]).filter(({ field }) => field);
  expect(answer).toMatchObject({ status, json: code ? { code } : {} });
  // Whoever sent too little is told which fields.
  const namesFields = status === 422 && code === undefined;
  expect(fields.length).toBeGreaterThanOrEqual(namesFields ? 1 : 0);
  expect(message ?? error).toBeTruthy();
});

/** Steps of one state; what one answers is for the next. */
async function walk(
  mock: WorkosMock,
  steps: [ask: string, body: object | undefined, status: number, code?: string][],
): Promise<Record<string, unknown>> {
  let json: Record<string, unknown> = {};
  for (const [ask, body, status, code] of steps) {
    const answer = await send(mock, { ask, body });
    expect({ ask, status: answer.status, code: answer.json.code }).toEqual({ ask, status, code });
    json = answer.json;
  }
  return json;
}

test('an invitation is revoked once, and then neither accepted nor sent again', async () => {
  const mock = createWorkosMock();
  const all = '/user_management/invitations';
  const { id } = await walk(mock, [[`POST ${all}`, { email: 'new@acme.test' }, 201]]);
  const last = await walk(mock, [
    [`POST ${all}/${String(id)}/revoke`, undefined, 200],
    [`POST ${all}/${String(id)}/revoke`, undefined, 400, 'invite_not_pending'],
    [`POST ${all}/${String(id)}/accept`, undefined, 400, 'invite_not_pending'],
    [`POST ${all}/${String(id)}/resend`, undefined, 400, 'invite_revoked'],
    [`POST ${all}/invitation_none/resend`, undefined, 404, 'entity_not_found'],
  ]);
  expect(last).toMatchObject({ entity_id: 'invitation_none' });
});

test('a pending membership is neither switched off nor on', async () => {
  const mock = createWorkosMock({
    seed: {
      organizations: [{ id: 'org_acme', name: 'Acme' }],
      users: [
        {
          id: 'user_new',
          email: 'new@acme.test',
          memberships: [{ organization: 'Acme', status: 'pending' }],
        },
      ],
    },
  });
  const all = '/user_management/organization_memberships';
  const { data } = await walk(mock, [
    [`GET ${all}?user_id=user_new&statuses=pending`, undefined, 200],
  ]);
  const [{ id } = { id: '' }] = data as { id: string }[];
  const reactivate = 'cannot_reactivate_pending_organization_membership';
  const last = await walk(mock, [
    [
      `PUT ${all}/${id}/deactivate`,
      undefined,
      400,
      'cannot_deactivate_pending_organization_membership',
    ],
    [`PUT ${all}/${id}/reactivate`, undefined, 400, reactivate],
    [`POST ${all}`, { user_id: 'user_new', organization_id: 'org_acme' }, 400, reactivate],
    [`PUT ${all}/${id}`, { role_slug: 'none' }, 422, 'invalid_role'],
  ]);
  expect(last).toMatchObject({ message: "There is no role 'none'." });
});

test('a role of an organization, from its making to its end', async () => {
  const mock = createWorkosMock();
  const all = '/authorization/organizations/org_acme/roles';
  await walk(mock, [
    [`POST ${all}`, { name: 'Billing', slug: 'org-billing' }, 201],
    [`POST ${all}`, { name: 'B', slug: 'org-billing' }, 409, 'organization_role_slug_conflict'],
    [`GET ${all}/org-billing`, undefined, 200],
    [`PATCH ${all}/org-billing`, { name: 'Finance', description: null }, 200],
    [`PATCH ${all}/org-billing`, { name: 1 }, 422, 'invalid_request_parameters'],
    [`PUT ${all}/org-billing/permissions`, { permissions: ['posts:read'] }, 200],
    [`PUT ${all}/org-billing/permissions`, {}, 422, 'invalid_request_parameters'],
    [`POST ${all}/org-billing/permissions`, { slug: 'posts:write' }, 200],
    [`POST ${all}/org-billing/permissions`, {}, 422, 'invalid_request_parameters'],
  ]);
  const { permissions } = await walk(mock, [
    [`DELETE ${all}/org-billing/permissions/posts:read`, undefined, 200],
  ]);
  expect(permissions).toEqual(['posts:write']);
  const memberships = '/user_management/organization_memberships';
  const linus = { user_id: 'user_linus', organization_id: 'org_acme', role_slug: 'org-billing' };
  const { id } = await walk(mock, [[`POST ${memberships}`, linus, 201]]);
  const own = `${memberships}/${String(id)}`;
  await walk(mock, [
    [`DELETE ${all}/org-billing`, undefined, 409, 'role_has_assignments'],
    [`DELETE ${own}`, undefined, 200],
    [`DELETE ${all}/org-billing`, undefined, 204],
    [`DELETE ${all}/org-billing`, undefined, 404, 'entity_not_found'],
  ]);
});

test('permissions and the roles of the environment change, and permissions go', async () => {
  const mock = createWorkosMock();
  await walk(mock, [
    ['PATCH /authorization/roles/member', { name: 'Reader', description: 'Reads' }, 200],
    ['GET /authorization/roles/member', undefined, 200],
    ['POST /authorization/roles/member/permissions', { slug: 'users:manage' }, 200],
    ['PATCH /authorization/permissions/users:manage', { name: 'Manage people' }, 200],
    ['GET /authorization/permissions/users:manage', undefined, 200],
    ['DELETE /authorization/permissions/users:manage', undefined, 204],
  ]);
  const { permissions } = await walk(mock, [['GET /authorization/roles/member', undefined, 200]]);
  expect(permissions).toEqual(['posts:read']);
});

test('a domain is added, verified and removed', async () => {
  const mock = createWorkosMock();
  const { id, state } = await walk(mock, [
    ['POST /organization_domains', { domain: 'new.test', organization_id: 'org_acme' }, 201],
  ]);
  expect(state).toBe('pending');
  const one = `/organization_domains/${String(id)}`;
  await walk(mock, [
    [`GET ${one}`, undefined, 200],
    [`POST ${one}/verify`, undefined, 201],
    [`POST ${one}/verify`, undefined, 400, 'domain_already_verified'],
    [`DELETE ${one}`, undefined, 204],
    [`GET ${one}`, undefined, 404, 'entity_not_found'],
  ]);
});

test('keys of a person in an organization', async () => {
  const mock = createWorkosMock();
  const keys = '/user_management/users/user_ada/api_keys';
  const fields = { name: 'Laptop', organization_id: 'org_acme', permissions: ['posts:read'] };
  const { id } = await walk(mock, [[`POST ${keys}`, fields, 201]]);
  const { data } = await walk(mock, [[`GET ${keys}?organization_id=org_acme`, undefined, 200]]);
  expect(data).toMatchObject([{ id, name: 'Laptop', owner: { type: 'user', id: 'user_ada' } }]);
  const other = await walk(mock, [[`GET ${keys}?organization_id=org_globex`, undefined, 200]]);
  expect(other.data).toEqual([]);
});

test('the environment takes redirect URIs, origins and a JWT template by the API', async () => {
  const mock = createWorkosMock();
  const uri = 'https://app.example.com/callback';
  const origin = 'https://app.example.com';
  const content = '{"plan":"{{ organization.metadata.plan }}","who":"{{ user.email }}"}';
  await walk(mock, [
    ['POST /user_management/redirect_uris', { uri }, 201],
    ['POST /user_management/redirect_uris', { uri }, 400, 'duplicate_redirect_uri'],
    ['POST /user_management/cors_origins', { origin }, 201],
    ['POST /user_management/cors_origins', { origin }, 409, 'duplicate_cors_origin'],
    ['PUT /user_management/jwt_template', { content }, 200],
    ['GET /user_management/jwt_template', undefined, 200],
  ]);
  const query = new URLSearchParams({
    client_id: 'client_mock',
    redirect_uri: uri,
    response_type: 'code',
    provider: 'authkit',
    login_hint: 'ada@acme.test',
  });
  const sent = await send(mock, { ask: `GET /user_management/authorize?${query}` });
  expect(sent.headers.get('location')).toContain(`${uri}?code=`);
  const { accessToken } = await mock.signIn({ email: 'ada@acme.test' });
  const claims = JSON.parse(atob(accessToken.split('.')[1]!)) as Record<string, unknown>;
  expect(claims).toMatchObject({ who: 'ada@acme.test' });
});

test('a verified e-mail address is not verified again', async () => {
  const mock = createWorkosMock();
  const { id } = await mock.createUser({ emailVerified: false });
  const path = `/user_management/users/${id}/email_verification`;
  await walk(mock, [
    [`POST ${path}/send`, undefined, 200],
    [`POST ${path}/confirm`, { code: 'wrong' }, 400, 'email_verification_code_incorrect'],
  ]);
  const { data } = await walk(mock, [
    ['GET /events?events=email_verification.created', undefined, 200],
  ]);
  const [event] = data as { data: { id: string } }[];
  const { code } = await walk(mock, [
    [
      `GET /user_management/email_verification/${event!.data.id}`,
      undefined,
      200,
      expect.any(String),
    ],
  ]);
  await walk(mock, [
    [`POST ${path}/confirm`, { code: String(code) }, 200],
    [`POST ${path}/confirm`, { code: String(code) }, 400, 'email_previously_verified'],
  ]);
});

test('a webhook endpoint does not take the address of another', async () => {
  const mock = createWorkosMock();
  const events = ['user.created'];
  const all = '/webhook_endpoints';
  await walk(mock, [[`POST ${all}`, { endpoint_url: 'http://localhost:9/a', events }, 201]]);
  const second = { endpoint_url: 'http://localhost:9/b', events };
  const { id } = await walk(mock, [[`POST ${all}`, second, 201]]);
  const taken = { endpoint_url: 'http://localhost:9/a' };
  const last = await walk(mock, [
    [`PATCH ${all}/${String(id)}`, taken, 409, 'duplicate_endpoint'],
    [`PATCH ${all}/${String(id)}`, { endpoint_url: 'x' }, 422, 'invalid_url'],
    [`PATCH ${all}/${String(id)}`, { status: 'asleep' }, 422, 'invalid_request_parameters'],
  ]);
  expect(last).toMatchObject({ errors: [{ field: 'status' }] });
});

test('a challenge is worth nothing after ten wrong codes', async () => {
  const mock = createWorkosMock();
  const factor = { type: 'totp', totp_issuer: 'Example', totp_user: 'ada' };
  const { id } = await walk(mock, [['POST /auth/factors/enroll', factor, 201]]);
  const challenge = await walk(mock, [
    [`POST /auth/factors/${String(id)}/challenge`, undefined, 201],
  ]);
  const verify = `POST /auth/challenges/${String(challenge.id)}/verify`;
  for (let i = 0; i < 10; i++) await walk(mock, [[verify, { code: '12345' }, 201]]);
  const answer = await send(mock, { ask: verify, body: { code: '12345' } });
  expect(answer).toMatchObject({ status: 400, json: { code: 'one_time_code_too_many_attempts' } });
});

/** What is wrong with the request itself, before any endpoint looks at it. */
const MALFORMED: [string, RawRequest, number, object][] = [
  [
    'JSON that does not parse',
    { ask: 'POST /organizations', body: '{' },
    400,
    { code: 'invalid_json' },
  ],
  ['a list', { ask: 'POST /organizations', body: '[]' }, 400, { code: 'invalid_json' }],
  [
    'another content type, which nothing reads',
    {
      ask: 'POST /organizations',
      body: '{"name":"A"}',
      headers: { 'content-type': 'text/plain' },
    },
    422,
    { errors: [{ field: 'name', code: 'name_required', message: 'name is required' }] },
  ],
  [
    'an empty body',
    { ask: 'POST /organizations', body: '' },
    422,
    { code: 'invalid_request_parameters' },
  ],
  [
    'a method that the path does not have, which is a 404 in production',
    { ask: 'POST /user_management/authorize?client_id=x' },
    404,
    { message: 'Cannot POST /user_management/authorize?client_id=x', error: 'Not Found' },
  ],
  [
    'an endpoint that WorkOS has and the mock lacks',
    { ask: 'POST /audit_logs/events', body: {} },
    501,
    {
      code: 'not_implemented',
      message:
        'workos-mock has no POST /audit_logs/events. Add it to packages/workos-mock/src/routes/audit-logs.ts and to src/endpoints.ts.',
    },
  ],
  [
    'a path that nobody knows',
    { ask: 'GET /brand_new' },
    501,
    {
      message:
        'workos-mock has no GET /brand_new. Add it to packages/workos-mock/src/routes/brand-new.ts and to src/endpoints.ts.',
    },
  ],
];

test.for(MALFORMED)('a request with %s', async ([, request, status, body]) => {
  const answer = await send(createWorkosMock(), request);
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject(body);
});

test.for([
  ['a form', 'application/x-www-form-urlencoded', 'name=Form'],
  ['JSON with a charset', 'application/json; charset=utf-8', '{"name":"Form"}'],
] as const)('%s is read', async ([, type, body]) => {
  const headers = { 'content-type': type };
  const answer = await send(createWorkosMock(), { ask: 'POST /organizations', body, headers });
  expect(answer.json).toMatchObject({ object: 'organization', name: 'Form' });
});

test('an empty JSON body has no fields, and nothing is missing', async () => {
  const mock = createWorkosMock();
  const { id } = (
    await send(mock, { ask: 'POST /user_management/invitations', body: { email: 'ada@acme.test' } })
  ).json;
  const accept = `POST /user_management/invitations/${String(id)}/accept`;
  expect((await send(mock, { ask: accept, body: '' })).json).toMatchObject({ state: 'accepted' });
});

test('what is documented is either there or answered with 501', async () => {
  const unnamed = (endpoint: string) => endpoint.replaceAll(/\{\w+\}|:\w+/g, ':');
  const { paths } = await readOpenApiDocument();
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.responses)
      .map(([method]) => unnamed(`${method.toUpperCase()} ${path}`)),
  );
  const there = new Set(endpoints.map(unnamed));
  const missing = documented.filter((endpoint) => !there.has(endpoint));
  expect(missingEndpoints.map(unnamed)).toEqual(missing);
});

test.for(missingEndpoints)('%s answers 501 and names itself', async (endpoint) => {
  const { status, json } = await send(createWorkosMock(), {
    ask: endpoint.replaceAll(/:\w+/g, 'x'),
  });
  expect(status).toBe(501);
  expect(json.message).toContain(endpoint);
});
