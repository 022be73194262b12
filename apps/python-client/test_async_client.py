"""The asynchronous client against the mock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from workos import AsyncWorkOSClient, BadRequestError, WorkOSError

from async_client import begin_sign_in, begin_sso, create_client, finish_sign_in, finish_sso, read_environment
from client import SignInRefused
from conftest import FOREIGN, GARBLED, Mock

CALLBACK = "http://localhost:8000/callback"
AUTHENTICATE = "POST /user_management/authenticate"


@pytest_asyncio.fixture
async def workos(mock: Mock) -> AsyncIterator[AsyncWorkOSClient]:
    """A client of the mock's environment."""
    async with create_client(mock.settings) as client:
        yield client


async def test_sign_in(mock: Mock, workos: AsyncWorkOSClient) -> None:
    """python/async-client: a sign-in ends with the person, their organization and tokens."""
    pending = await begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    session = await finish_sign_in(workos, pending, mock.visit(pending.url))
    assert session.user.id == "user_ada"
    assert session.organization_id == "org_acme"


async def test_foreign_callback(mock: Mock, workos: AsyncWorkOSClient) -> None:
    """python/async-client: a callback of another sign-in never reaches WorkOS."""
    pending = await begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    callback = mock.visit(pending.url)
    with pytest.raises(SignInRefused):
        await finish_sign_in(workos, pending, {**callback, "state": "another"})
    assert mock.requests(AUTHENTICATE) == []


async def test_lists_side_by_side(mock: Mock, workos: AsyncWorkOSClient) -> None:
    """python/async-client: two lists are read at the same time."""
    for endpoint in ("GET /user_management/users", "GET /organizations"):
        delay = {"kind": "delay", "milliseconds": 2000}
        mock.control("faults/add", endpoint=endpoint, effect=delay)
    started = asyncio.get_running_loop().time()
    environment = await read_environment(workos)
    assert asyncio.get_running_loop().time() - started < 3.5
    assert environment.emails[:2] == ["ada@acme.test", "grace@acme.test"]
    assert environment.organizations == ["Acme", "Globex"]


async def test_sso(mock: Mock, workos: AsyncWorkOSClient) -> None:
    """python/async-client: a person comes back from their identity provider with a profile."""
    pending = await begin_sso(workos, CALLBACK, organization="org_acme")
    callback = mock.visit(f"{pending.url}&login_hint=grace@acme.test")
    profile = await finish_sso(workos, pending, callback)
    assert (profile.email, profile.connection_id) == ("grace@acme.test", "conn_acme")


@pytest.mark.parametrize("other", FOREIGN)
async def test_foreign_profile(mock: Mock, workos: AsyncWorkOSClient, other: str) -> None:
    """python/async-client: a profile of an identity provider that was not asked for is refused."""
    pending = await begin_sso(workos, CALLBACK, organization="org_globex")
    asked = f"{pending.url}&login_hint=grace@acme.test"
    callback = mock.visit(asked.replace("organization=org_globex", other))
    with pytest.raises(SignInRefused, match="another organization"):
        await finish_sso(workos, pending, callback)


async def test_errors(mock: Mock, workos: AsyncWorkOSClient) -> None:
    """python/async-client: errors are those of the synchronous client."""
    with pytest.raises(BadRequestError) as refused:
        await workos.user_management.authenticate_with_code(code="nonsense")
    assert refused.value.error == "invalid_grant"
    pending = await begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    callback = mock.visit(pending.url)
    mock.control("faults/add", endpoint=AUTHENTICATE, effect={"kind": "garble", "as": "empty"})
    with pytest.raises(WorkOSError, match="not JSON"):
        await finish_sign_in(workos, pending, callback)


@pytest.mark.parametrize("effect", GARBLED)
async def test_list_that_is_no_json(
    mock: Mock, workos: AsyncWorkOSClient, effect: dict[str, Any]
) -> None:
    """python/async-client: a page that is not JSON is an error, although the SDK itself takes it for an empty one [fault/server-api]"""
    endpoint = "GET /user_management/users"
    async with AsyncWorkOSClient(
        api_key="sk_test_default", client_id="client_mock", base_url=mock.url
    ) as naive:
        first = await naive.user_management.list_users(limit=1)
        mock.control("faults/add", endpoint=endpoint, effect=effect)
        assert len([user async for user in first.auto_paging_iter()]) == 1

    first = await workos.user_management.list_users(limit=1)
    mock.control("faults/add", endpoint=endpoint, effect=effect)
    with pytest.raises(WorkOSError, match="not JSON"):
        [user async for user in first.auto_paging_iter()]
    mock.control("faults/add", endpoint=endpoint, effect=effect)
    with pytest.raises(WorkOSError, match="not JSON"):
        await read_environment(workos)
