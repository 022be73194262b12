# python/async-client — https://workos.com/docs/sdks/python

"""Sign-in and the API with ``AsyncWorkOSClient``: what differs from ``client.py`` is what is awaited.

URLs are made without a request and are not awaited, except for ``get_authorization_url_with_pkce``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2  # What workos sends its requests with.
from workos import AsyncWorkOSClient
from workos.sso.models import Profile
from workos.user_management.models import AuthenticateResponse

from client import PendingSignIn, answered, check_json, code_of, profile_of
from settings import Settings


@dataclass(frozen=True)
class Environment:
    """The names of what an environment holds."""

    emails: list[str]
    organizations: list[str]


def create_client(settings: Settings) -> AsyncWorkOSClient:
    """Make the client. It belongs to one event loop: make it where the loop runs, close it with ``async with``."""
    return AsyncStrictClient(settings)


class AsyncStrictClient(AsyncWorkOSClient):
    """An ``AsyncWorkOSClient`` that refuses a page that is not JSON; ``client.StrictClient`` says why."""

    def __init__(self, settings: Settings) -> None:
        self._http = httpx2.AsyncClient(
            follow_redirects=True, event_hooks={"response": [refuse_garbled]}
        )
        super().__init__(
            api_key=settings.api_key,
            client_id=settings.client_id,
            base_url=settings.base_url,
            http_client=self._http,
        )

    async def close(self) -> None:
        """Close the HTTP client: the SDK leaves open what it did not make."""
        await self._http.aclose()


async def refuse_garbled(response: httpx2.Response) -> None:
    """Read the answer and check it: a hook comes before the body."""
    await response.aread()
    check_json(response)


async def begin_sign_in(
    workos: AsyncWorkOSClient, redirect_uri: str, *, login_hint: str | None = None
) -> PendingSignIn:
    """Begin a sign-in with AuthKit: redirect the person to ``url`` and keep the rest in their session."""
    started = await workos.user_management.get_authorization_url_with_pkce(
        redirect_uri=redirect_uri, provider="authkit", login_hint=login_hint
    )
    return PendingSignIn(
        url=started["url"], state=started["state"], code_verifier=started["code_verifier"]
    )


async def finish_sign_in(
    workos: AsyncWorkOSClient, pending: PendingSignIn, callback: Mapping[str, str]
) -> AuthenticateResponse:
    """Exchange the code that the callback brought; raises what ``client.finish_sign_in`` raises."""
    return answered(
        await workos.user_management.authenticate_with_code_pkce(
            code=code_of(pending, callback), code_verifier=pending.code_verifier
        )
    )


async def read_environment(workos: AsyncWorkOSClient) -> Environment:
    """List people and organizations side by side, over as many pages as there are."""

    async def emails() -> list[str]:
        page = await workos.user_management.list_users(order="asc", limit=100)
        return [user.email async for user in page.auto_paging_iter()]

    async def organizations() -> list[str]:
        page = await workos.organizations.list_organizations(order="asc", limit=100)
        return [organization.name async for organization in page.auto_paging_iter()]

    return Environment(*await asyncio.gather(emails(), organizations()))


async def begin_sso(
    workos: AsyncWorkOSClient, redirect_uri: str, organization: str
) -> PendingSignIn:
    """Begin a sign-in that goes straight to the identity provider of an organization."""
    started = await workos.sso.get_authorization_url_with_pkce(
        redirect_uri=redirect_uri, organization=organization
    )
    return PendingSignIn(
        url=started["url"],
        state=started["state"],
        code_verifier=started["code_verifier"],
        organization=organization,
    )


async def finish_sso(
    workos: AsyncWorkOSClient, pending: PendingSignIn, callback: Mapping[str, str]
) -> Profile:
    """Exchange the code of an SSO callback for the profile that the identity provider sent; as ``client.finish_sso``."""
    answer = await workos.sso.get_profile_and_token_pkce(
        code=code_of(pending, callback), code_verifier=pending.code_verifier
    )
    return profile_of(pending, answered(answer).profile)
