"""The synchronous client against the mock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import workos as package
from workos import BadRequestError, NotFoundError, ServerError, WorkOSClient, WorkOSError

from client import (
    PendingSignIn,
    SignInRefused,
    begin_sign_in,
    begin_sso,
    create_client,
    explain,
    finish_sign_in,
    finish_sso,
    list_emails,
    list_organization_names,
)
from conftest import FOREIGN, GARBLED, Mock

CALLBACK = "http://localhost:8000/callback"
AUTHENTICATE = "POST /user_management/authenticate"


@pytest.fixture
def workos(mock: Mock) -> Iterator[WorkOSClient]:
    """A client of the mock's environment."""
    with create_client(mock.settings) as client:
        yield client


def test_names(mock: Mock) -> None:
    """python/client: the class is WorkOSClient; there is no WorkOS."""
    assert isinstance(create_client(mock.settings), WorkOSClient)
    assert not hasattr(package, "WorkOS")


def test_sign_in(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a sign-in ends with the person, their organization and tokens."""
    pending = begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    assert pending.url.startswith(f"{mock.url}/user_management/authorize?")
    assert "code_challenge_method=S256" in pending.url
    assert pending.code_verifier not in pending.url

    session = finish_sign_in(workos, pending, mock.visit(pending.url))
    assert session.user.email == "ada@acme.test"
    assert session.organization_id == "org_acme"
    assert session.access_token and session.refresh_token


def test_code_is_used_once(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a code that was used is refused."""
    pending = begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    callback = mock.visit(pending.url)
    finish_sign_in(workos, pending, callback)
    with pytest.raises(BadRequestError) as refused:
        finish_sign_in(workos, pending, callback)
    assert refused.value.error == "invalid_grant"


def test_foreign_callback(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a callback of another sign-in never reaches WorkOS."""
    mine = begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    theirs = begin_sign_in(workos, CALLBACK, login_hint="grace@acme.test")
    callback = mock.visit(mine.url)
    for state in (theirs.state, "", "é"):
        with pytest.raises(SignInRefused, match="state"):
            finish_sign_in(workos, mine, {**callback, "state": state})
    with pytest.raises(SignInRefused, match="state"):
        finish_sign_in(workos, mine, {"code": callback["code"]})
    with pytest.raises(SignInRefused, match="state"):
        finish_sign_in(workos, PendingSignIn("", "", ""), {"code": callback["code"]})
    with pytest.raises(SignInRefused, match="no code"):
        finish_sign_in(workos, mine, {"state": mine.state})
    assert mock.requests(AUTHENTICATE) == []


def test_cancelled(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: somebody who is refused at the sign-in page does not become a session."""
    pending = begin_sign_in(workos, CALLBACK, login_hint="nobody@acme.test")
    callback = mock.visit(pending.url)
    assert callback["error"] == "access_denied"
    with pytest.raises(SignInRefused) as refused:
        finish_sign_in(workos, pending, callback)
    assert str(refused.value) == callback["error_description"]


def test_wrong_verifier(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a code is worth nothing without its verifier."""
    pending = begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
    callback = mock.visit(pending.url)
    stolen = begin_sign_in(workos, CALLBACK)
    with pytest.raises(BadRequestError) as refused:
        finish_sign_in(workos, stolen, {**callback, "state": stolen.state})
    assert refused.value.error == "invalid_grant"


def test_lists(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: lists go over every page and can be narrowed to an organization."""
    for number in range(101):
        mock.control("users/create", email=f"person-{number}@example.test")
    emails = list_emails(workos)
    assert len(emails) == len(set(emails)) == 105
    assert emails[0] == "ada@acme.test"
    assert emails[-1] == "person-100@example.test"
    assert len(mock.requests("GET /user_management/users")) == 2
    assert list_emails(workos, organization_id="org_globex") == ["grace@acme.test"]
    assert list_organization_names(workos) == ["Acme", "Globex"]


def test_sso(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a person comes back from their identity provider with a profile, once."""
    pending = begin_sso(workos, CALLBACK, organization="org_acme")
    callback = mock.visit(f"{pending.url}&login_hint=ada@acme.test")
    with pytest.raises(SignInRefused, match="state"):
        finish_sso(workos, begin_sign_in(workos, CALLBACK), callback)
    profile = finish_sso(workos, pending, callback)
    assert (profile.email, profile.organization_id) == ("ada@acme.test", "org_acme")
    assert profile.connection_type == "OktaSAML"
    with pytest.raises(BadRequestError) as refused:
        finish_sso(workos, pending, callback)
    assert refused.value.error == "invalid_grant"


@pytest.mark.parametrize("other", FOREIGN)
def test_foreign_profile(mock: Mock, workos: WorkOSClient, other: str) -> None:
    """python/client: a profile of an identity provider that was not asked for is refused."""
    pending = begin_sso(workos, CALLBACK, organization="org_globex")
    asked = f"{pending.url}&login_hint=grace@acme.test"
    callback = mock.visit(asked.replace("organization=org_globex", other))
    with pytest.raises(SignInRefused, match="another organization"):
        finish_sso(workos, pending, callback)
    # A sign-in with AuthKit asked for none.
    callback = mock.visit(asked.replace("organization=org_globex", other))
    with pytest.raises(SignInRefused, match="another organization"):
        finish_sso(workos, replace(pending, organization=None), callback)


def test_errors(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: an error has a class, a code, and one line for the log without a secret."""
    with pytest.raises(NotFoundError) as missing:
        workos.organizations.get_organization(id="org_missing")
    assert missing.value.code == "entity_not_found"
    with pytest.raises(BadRequestError) as wrong:
        workos.user_management.authenticate_with_password(email="ada@acme.test", password="hunter2")
    line = "BadRequestError status=400 code=invalid_credentials request_id="
    assert re.fullmatch(f"{line}[0-9a-f-]{{36}}", explain(wrong.value))


def test_retries(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a transient failure is retried, a lasting one is an error after four attempts [fault/server-api]"""
    endpoint = "GET /organizations"
    mock.fail_next(endpoint, 429, headers={"retry-after": "0"})
    assert list_organization_names(workos) == ["Acme", "Globex"]
    mock.fail_next(endpoint, 503, times=4, headers={"retry-after": "0"})
    with pytest.raises(ServerError) as failed:
        list_organization_names(workos)
    assert explain(failed.value).startswith("ServerError status=503 request_id=")
    assert [request["status"] for request in mock.requests(endpoint)] == [429, 200, 503, 503, 503, 503]


FAIL = {"kind": "fail", "headers": {"retry-after": "0"}}


@pytest.mark.parametrize(
    ("effect", "line"),
    [
        pytest.param({**FAIL, "status": 500}, "ServerError status=500", id="500"),
        pytest.param({**FAIL, "status": 502, "body": "<h1>No</h1>"}, "ServerError status=502", id="html"),
        pytest.param({**FAIL, "status": 429}, "RateLimitExceededError status=429", id="429"),
        # Of the general class: WorkOSConnectionError is for an address where nobody answers at all.
        pytest.param({"kind": "drop", "after": False}, "WorkOSError no answer", id="drop"),
        pytest.param({"kind": "delay", "milliseconds": 5000}, "WorkOSTimeoutError no answer", id="slow"),
    ],
)
def test_lasting_failure(mock: Mock, effect: dict[str, Any], line: str) -> None:
    """python/client: what goes on failing is one error with one line for the log [fault/server-api]"""
    endpoint = "GET /organizations"
    mock.control("faults/add", endpoint=endpoint, effect=effect)
    with WorkOSClient(
        api_key="sk_test_default",
        client_id="client_mock",
        base_url=mock.url,
        max_retries=0,
        request_timeout=3,
    ) as client:
        with pytest.raises(WorkOSError) as failed:
            list_organization_names(client)
        assert explain(failed.value).startswith(line)
        assert list_organization_names(client) == ["Acme", "Globex"]


def test_nothing_is_made_twice(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: a creation whose answer is lost is sent again with the same idempotency key [fault/server-api]"""
    lost = {"kind": "drop", "after": True}
    mock.control("faults/add", endpoint="POST /organizations", effect=lost)
    workos.organizations.create_organization(name="Once")
    assert list_organization_names(workos).count("Once") == 1
    assert len(mock.requests("POST /organizations")) == 2


def test_answer_that_is_no_json(mock: Mock, workos: WorkOSClient) -> None:
    """python/client: half an answer is an error, although the SDK itself returns None for it [fault/server-api]"""
    for attempt in ("pinned", "mended"):
        pending = begin_sign_in(workos, CALLBACK, login_hint="ada@acme.test")
        callback = mock.visit(pending.url)
        garble = {"kind": "garble", "as": "truncated"}
        mock.control("faults/add", endpoint=AUTHENTICATE, effect=garble)
        if attempt == "pinned":
            authenticate = workos.user_management.authenticate_with_code_pkce
            answer = authenticate(code=callback["code"], code_verifier=pending.code_verifier)
            assert answer is None
        else:
            with pytest.raises(WorkOSError, match="not JSON") as failed:
                finish_sign_in(workos, pending, callback)
            assert explain(failed.value) == "WorkOSError no answer"


@pytest.mark.parametrize("effect", GARBLED)
def test_list_that_is_no_json(mock: Mock, workos: WorkOSClient, effect: dict[str, Any]) -> None:
    """python/client: a page that is not JSON is an error, although the SDK itself takes it for an empty one [fault/server-api]"""
    endpoint = "GET /user_management/users"
    with WorkOSClient(
        api_key="sk_test_default", client_id="client_mock", base_url=mock.url
    ) as naive:
        first = naive.user_management.list_users(limit=1)
        mock.control("faults/add", endpoint=endpoint, effect=effect)
        assert len(list(first.auto_paging_iter())) == 1
        mock.control("faults/add", endpoint=endpoint, effect=effect)
        assert list(naive.user_management.list_users()) == []

    first = workos.user_management.list_users(limit=1)
    mock.control("faults/add", endpoint=endpoint, effect=effect)
    with pytest.raises(WorkOSError, match="not JSON"):
        list(first.auto_paging_iter())
    mock.control("faults/add", endpoint=endpoint, effect=effect)
    with pytest.raises(WorkOSError, match="not JSON") as failed:
        list_emails(workos)
    assert explain(failed.value) == "WorkOSError no answer"


def test_no_connection() -> None:
    """python/client: an address where nobody answers is an error of its own, not a hang [fault/server-api]"""
    with WorkOSClient(
        api_key="sk_test", client_id="client_1", base_url="http://127.0.0.1:9", max_retries=0
    ) as client:
        with pytest.raises(WorkOSError) as failed:
            list_organization_names(client)
    assert explain(failed.value) == "WorkOSConnectionError no answer"
