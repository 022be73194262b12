"""Fixtures: the mock as a child process, started once and reset for every test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from settings import Settings

# What a success must not be like: half an answer, none, or a page of whoever is in between.
GARBLED = [
    pytest.param({"kind": "garble", "as": "truncated"}, id="half"),
    pytest.param({"kind": "garble", "as": "empty"}, id="nothing"),
    pytest.param({"kind": "fail", "status": 200, "body": "<h1>Welcome</h1>"}, id="html"),
]

# What a person can make of "organization=org_globex" in their own address bar.
FOREIGN = ["organization=org_acme", "connection=conn_acme", "provider=GoogleOAuth"]


@dataclass(frozen=True)
class Mock:
    """A running workos-mock, and what a test can do to it."""

    url: str

    @property
    def settings(self) -> Settings:
        """What a client of the mock's environment is made from."""
        return Settings(api_key="sk_test_default", client_id="client_mock", base_url=self.url)

    def control(self, operation: str, **fields: Any) -> dict[str, Any]:
        """Run one of the mock's operations, e.g. ``faults/add``; the names are those of its control surface."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        headers = {"content-type": "application/json"}
        connection.request("POST", f"/_mock/{operation}", json.dumps(fields), headers)
        response = connection.getresponse()
        result: dict[str, Any] = json.loads(response.read())
        assert response.status == 200, result
        return result

    def fail_next(self, endpoint: str, status: int, *, times: int = 1, **answer: Any) -> None:
        """Answer the next requests to an endpoint with an error."""
        effect = {"kind": "fail", "status": status, **answer}
        self.control("faults/add", endpoint=endpoint, effect=effect, scope={"times": times})

    def requests(self, endpoint: str) -> list[dict[str, Any]]:
        """List what the mock was asked at an endpoint, oldest first."""
        requests: list[dict[str, Any]] = self.control("requests/list", endpoint=endpoint)["requests"]
        return requests

    def visit(self, url: str) -> dict[str, str]:
        """Follow a sign-in URL as a browser does, up to the redirect to the app; return the query that it brings."""
        parts = urlsplit(url)
        connection = HTTPConnection(parts.netloc, timeout=10)
        connection.request("GET", f"{parts.path}?{parts.query}")
        response = connection.getresponse()
        assert response.status == 302, response.read()
        return dict(parse_qsl(urlsplit(response.headers["location"]).query))


@pytest.fixture(scope="session")
def mock_process() -> Iterator[Mock]:
    """The mock on a port of its own, for the whole run."""
    process = subprocess.Popen(
        [_find_command(), "--port", "0", "--json"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line, "workos-mock ended before it was ready"
        yield Mock(url=json.loads(line)["url"])
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def mock(mock_process: Mock) -> Iterator[Mock]:
    """The mock as it is after a start; fails the test whose fault never struck."""
    mock_process.control("reset")
    yield mock_process
    problems = mock_process.control("verify")
    assert problems == {"unfiredFaults": [], "missingEndpoints": []}


def _find_command() -> str:
    here = Path(__file__).resolve().parent
    folders = [folder / "node_modules" / ".bin" for folder in (here, *here.parents)]
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    command = shutil.which("workos-mock", path=path)
    if command is None:
        pytest.exit("workos-mock is not installed: run the tests with `pnpm test` or `npm test`", 1)
    return command
