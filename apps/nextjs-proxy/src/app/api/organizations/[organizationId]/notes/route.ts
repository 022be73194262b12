// nextjs/with-auth — https://github.com/workos/authkit-nextjs#get-the-current-user-in-a-server-component
import { readNotes } from '../../../../(signed-in)/with-auth/with-auth';

/** Answers programs: 401 and 403 instead of a redirect that a `fetch` cannot follow. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/api/organizations/[organizationId]/notes'>,
): Promise<Response> {
  const { organizationId } = await params;
  const { refusal, notes } = await readNotes(organizationId);
  if (refusal) return Response.json({ message: refusal.message }, { status: refusal.status });
  return Response.json({ notes });
}
