"""Where WorkOS is and who this program is to it, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What both clients are made from."""

    api_key: str
    client_id: str
    base_url: str


def read_settings() -> Settings:
    """Read the settings from the environment.

    Returns:
        The settings. ``base_url`` is WorkOS itself unless ``WORKOS_BASE_URL`` names another.

    Raises:
        SystemExit: Naming every variable that is missing, and where to find its value.
    """
    missing = [name for name in ("WORKOS_API_KEY", "WORKOS_CLIENT_ID") if not os.environ.get(name)]
    if missing:
        raise SystemExit(
            f"{' and '.join(missing)} must be set. At https://dashboard.workos.com "
            "the key is under API Keys, the client id under Applications → your application."
        )
    return Settings(
        api_key=os.environ["WORKOS_API_KEY"],
        client_id=os.environ["WORKOS_CLIENT_ID"],
        base_url=os.environ.get("WORKOS_BASE_URL") or "https://api.workos.com",
    )
