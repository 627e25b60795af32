"""Proving an account by signing in where it is: the way there and back, by OAuth2 with PKCE.

Each platform has an app only where the settings name one (`ACCOUNT_PROOF_APPS`). Nothing of what
is told is kept but the number of the account somebody signed in to, and the day a shop was opened.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from portal.core import clock


class ProofFailed(Exception):
    """The platform gave no answer that says who signed in."""


@dataclass(frozen=True, slots=True)
class ProofApp:
    """`number`: where in the platform's answer the account's number stands, such as
    `data.unique_id`; `opened`: where the day stands on which a shop was opened, if it says that.
    `client_name`: how the platform calls the app's key."""

    authorize_url: str
    token_url: str
    profile_url: str
    client_id: str
    client_secret: str
    number: str
    scope: str = ""
    opened: str = ""
    client_name: str = "client_id"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where a browser is sent, and what is to be remembered until it comes back."""

    url: str
    state: str
    verifier: str


def app_of(platform: str) -> ProofApp | None:
    said = settings.ACCOUNT_PROOF_APPS.get(platform)
    return ProofApp(**said) if said else None


def leave_for(platform: str) -> Leaving:
    """Of a platform that has an app; the rules ask that before."""
    app = app_of(platform)
    if app is None:
        raise LookupError(platform)
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        app.client_name: app.client_id,
        "response_type": "code",
        "redirect_uri": _back(),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    if app.scope:
        query["scope"] = app.scope
    joint = "&" if "?" in app.authorize_url else "?"
    return Leaving(f"{app.authorize_url}{joint}{urlencode(query)}", state, verifier)


@dataclass(frozen=True, slots=True)
class Told:
    """The number of the account that was signed in to there, and when it was opened."""

    number: str
    opened_on: date | None


def told_of(app: ProofApp, *, code: str, verifier: str) -> Told:
    token = _found(
        _answer(
            "POST",
            app.token_url,
            data={
                app.client_name: app.client_id,
                "client_secret": app.client_secret,
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": _back(),
                "code_verifier": verifier,
            },
        ),
        "access_token",
    )
    bearer = {"Authorization": f"Bearer {token}"}
    told = _answer("GET", app.profile_url, headers=bearer)
    return Told(_found(told, app.number), _day(told, app.opened))


def _day(told: Mapping[str, Any], path: str) -> date | None:
    """A day or a moment as ISO 8601 writes it, or seconds since 1970; else nothing was said."""
    try:
        said = _found(told, path)
        if said.isdecimal() and len(said) > len("20180101"):
            return clock.day_of(datetime.fromtimestamp(int(said), UTC))
        moment = datetime.fromisoformat(said)
    except (ProofFailed, ValueError, OverflowError, OSError):
        return None
    return clock.day_of(moment) if moment.tzinfo else moment.date()


def _back() -> str:
    return settings.SITE_URL + reverse("party_account_return")


def _answer(method: str, url: str, **sent: Any) -> Mapping[str, Any]:
    """The address is the settings' own, asked as sign-in with others is: with a limit of time."""
    try:
        with get_adapter().get_requests_session() as session:
            told = session.request(method, url, allow_redirects=False, **sent).json()
    except (OSError, ValueError) as error:  # of the network, or no JSON
        raise ProofFailed(str(error)) from error
    if not isinstance(told, dict):
        raise ProofFailed("no object was answered")
    return told


def _found(told: Mapping[str, Any], path: str) -> str:
    """What stands there; the platform may wrap its answer into `data`."""
    value: Any = told
    for name in path.split("."):
        inside = value if isinstance(value, dict) else {}
        wrapped = inside.get("data")
        value = inside.get(name, wrapped.get(name) if isinstance(wrapped, dict) else None)
    if not isinstance(value, str | int) or not str(value):
        raise ProofFailed(f"nothing stands at {path}")
    return str(value)
