"""What the client sees of an environment: `pnpm start`. Not a pattern; delete it when you copy the others."""

from __future__ import annotations

import sys

from workos import WorkOSError

from client import begin_sign_in, create_client, explain, list_emails, list_organization_names
from settings import read_settings


def main() -> int:
    """Print people, organizations and a sign-in URL."""
    with create_client(read_settings()) as workos:
        try:
            print("People:       ", ", ".join(list_emails(workos)))
            print("Organizations:", ", ".join(list_organization_names(workos)))
            print("Sign in:      ", begin_sign_in(workos, "http://localhost:8000/callback").url)
        except WorkOSError as error:
            print(explain(error), file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
