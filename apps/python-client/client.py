# python/client — https://workos.com/docs/sdks/python

"""Sign-in, the API and its errors with the synchronous ``WorkOSClient``.

The same functions for ``asyncio`` are in ``async_client.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import TypeVar

import httpx2  # What workos sends its requests with.
from workos import WorkOSClient, WorkOSError
from workos.sso.models import Profile
from workos.user_management.models import AuthenticateResponse

from settings import Settings

T = TypeVar("T")

NOT_JSON = "WorkOS answered with something that is not JSON"


@dataclass(frozen=True)
class PendingSignIn:
    """A sign-in that has begun. Keep it in the person's session until the callback; never send it to the browser."""

    url: str
    state: str
    code_verifier: str
    organization: str | None = None  # Whose identity provider was asked for; None with AuthKit.


class SignInRefused(Exception):
    """A callback that must not become a session. The message is for the log, not for the page."""


def create_client(settings: Settings) -> WorkOSClient:
    """Make the client: one for the whole process, it keeps its connections. ``WorkOS`` is not a name of this package."""
    return StrictClient(settings)


class StrictClient(WorkOSClient):
    """A ``WorkOSClient`` that refuses what it cannot read: of itself it takes a page that is not JSON for an empty one.

    A list would end early without a word, and a job that reads its members would remove the rest of them.
    """

    def __init__(self, settings: Settings) -> None:
        self._http = httpx2.Client(
            follow_redirects=True, event_hooks={"response": [refuse_garbled]}
        )
        super().__init__(
            api_key=settings.api_key,
            client_id=settings.client_id,
            base_url=settings.base_url,
            http_client=self._http,
        )

    def close(self) -> None:
        """Close the HTTP client: the SDK leaves open what it did not make."""
        self._http.close()


def refuse_garbled(response: httpx2.Response) -> None:
    """Read the answer and check it: a hook comes before the body."""
    response.read()
    check_json(response)


def check_json(response: httpx2.Response) -> None:
    """Refuse a success of a GET that is not JSON. Other methods may answer nothing: for them there is ``answered``."""
    if response.request.method == "GET" and response.is_success:
        try:
            response.json()
        except ValueError as error:
            raise WorkOSError(NOT_JSON) from error


def begin_sign_in(
    workos: WorkOSClient, redirect_uri: str, *, login_hint: str | None = None
) -> PendingSignIn:
    """Begin a sign-in with AuthKit: redirect the person to ``url`` and keep the rest.

    See https://workos.com/docs/reference/authkit/authentication/get-authorization-url
    """
    started = workos.user_management.get_authorization_url_with_pkce(
        redirect_uri=redirect_uri, provider="authkit", login_hint=login_hint
    )
    return PendingSignIn(
        url=started["url"], state=started["state"], code_verifier=started["code_verifier"]
    )


def finish_sign_in(
    workos: WorkOSClient, pending: PendingSignIn, callback: Mapping[str, str]
) -> AuthenticateResponse:
    """Exchange the code that the callback brought.

    Args:
        pending: What ``begin_sign_in`` returned, from the session of the same person.
        callback: The query parameters of the callback.

    Raises:
        SignInRefused: The person cancelled, or the callback is not of this sign-in.
        workos.BadRequestError: The code is wrong, used or too old (``error == "invalid_grant"``).
    """
    return answered(
        workos.user_management.authenticate_with_code_pkce(
            code=code_of(pending, callback), code_verifier=pending.code_verifier
        )
    )


def code_of(pending: PendingSignIn, callback: Mapping[str, str]) -> str:
    """Return the code of a callback that belongs to ``pending``; refuse every other."""
    # The state comes first: whoever cannot name it does not get to choose what is logged. Nothing belongs to an empty one.
    is_same = compare_digest(callback.get("state", "").encode(), pending.state.encode())
    if not pending.state or not is_same:
        raise SignInRefused("the state is not of this sign-in")
    if "error" in callback:
        raise SignInRefused(callback.get("error_description", callback["error"]))
    if not callback.get("code"):
        raise SignInRefused("there is no code")
    return callback["code"]


def list_emails(workos: WorkOSClient, *, organization_id: str | None = None) -> list[str]:
    """List everybody's address, oldest first, over as many pages as there are."""
    page = workos.user_management.list_users(
        organization_id=organization_id, order="asc", limit=100
    )
    # Iterating over the page itself stops at its end.
    return [user.email for user in page.auto_paging_iter()]


def list_organization_names(workos: WorkOSClient) -> list[str]:
    """List the organizations, oldest first, over as many pages as there are."""
    page = workos.organizations.list_organizations(order="asc", limit=100)
    return [organization.name for organization in page.auto_paging_iter()]


def begin_sso(workos: WorkOSClient, redirect_uri: str, organization: str) -> PendingSignIn:
    """Begin a sign-in that goes straight to the identity provider of an organization: what to keep is as in ``begin_sign_in``.

    See https://workos.com/docs/reference/sso/get-authorization-url
    """
    started = workos.sso.get_authorization_url_with_pkce(
        redirect_uri=redirect_uri, organization=organization
    )
    return PendingSignIn(
        url=started["url"],
        state=started["state"],
        code_verifier=started["code_verifier"],
        organization=organization,
    )


def finish_sso(
    workos: WorkOSClient, pending: PendingSignIn, callback: Mapping[str, str]
) -> Profile:
    """Exchange the code of an SSO callback for the profile that the identity provider sent.

    Whose account of yours that is, you decide: by ``connection_id`` and ``idp_id``, never by the e-mail address alone. Raises
    what ``finish_sign_in`` raises, and ``SignInRefused`` for a profile of another organization.

    See https://workos.com/docs/reference/sso/profile/get-profile-and-token
    """
    answer = workos.sso.get_profile_and_token_pkce(
        code=code_of(pending, callback), code_verifier=pending.code_verifier
    )
    return profile_of(pending, answered(answer).profile)


def profile_of(pending: PendingSignIn, profile: Profile) -> Profile:
    """Return a profile of the organization that ``pending`` asked for; refuse every other."""
    # Nobody signs the URL: whoever begins for one organization can ask for another in it, whose identity provider says what
    # they like. Who begins with a connection or a provider keeps that, and compares connection_id or connection_type.
    if not pending.organization or profile.organization_id != pending.organization:
        raise SignInRefused("the profile is of another organization")
    return profile


def answered(response: T | None) -> T:
    """Refuse an answer that is not one: where the body is not JSON, ``workos`` 10 returns None against its own types."""
    if response is None:
        raise WorkOSError(NOT_JSON)
    return response


def explain(error: WorkOSError) -> str:
    """Say in one line, for the log, what went wrong: nothing of the request is in it, so no secret is either."""
    status = getattr(error, "status_code", None)
    code = getattr(error, "code", None) or getattr(error, "error", None)
    request_id = getattr(error, "request_id", None)
    parts = [f"{type(error).__name__}", f"status={status}" if status else "no answer"]
    parts += [f"code={code}"] if code else []
    parts += [f"request_id={request_id}"] if request_id else []
    return " ".join(parts)
