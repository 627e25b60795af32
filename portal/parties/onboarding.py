"""What is left to do before a party can work here: a checklist that other parts add steps to.

`register_step(kind, name, title, url, is_done)`: `kind` is a party's kind or "" for all of them;
`url` and `is_done` take the actor, who speaks for the party. A step is listed when its page works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties import rules, states
from portal.parties.middleware import FACTORS
from portal.parties.models import Membership, Party, PutAway, RosterEntry
from portal.parties.states import PartyKind, PartyStatus

Question = Callable[[Actor], bool]
Address = Callable[[Actor], str]


@dataclass(frozen=True, slots=True)
class Step:
    kind: str
    name: str
    title: str | Promise
    url: Address
    is_done: Question


@dataclass(frozen=True, slots=True)
class Line:
    """One step as the page shows it."""

    name: str
    title: str | Promise
    url: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    party: Party
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def next(self) -> Line | None:
        return next((line for line in self.lines if not line.is_done), None)


_steps: list[Step] = []


def register_step(
    kind: str, name: str, title: str | Promise, url: Address, is_done: Question
) -> None:
    """Add a step, after those that stand there already."""
    _steps.append(Step(kind, name, title, url, is_done))


def checklist_of(actor: Actor) -> Checklist | None:
    """The checklist of who may do its steps, until they put it away."""
    party = actor.party
    if party is None or actor.user is None or actor.role not in states.MANAGING:
        return None
    if PutAway.objects.filter(user=actor.user, party=party).exists():
        return None
    lines = [
        Line(step.name, step.title, step.url(actor), step.is_done(actor))
        for step in _steps
        if step.kind in {"", party.kind}
    ]
    return Checklist(party, lines)


# --- the first steps -----------------------------------------------------------------------------


def _party_of(actor: Actor) -> Party:
    if actor.party is None:
        raise LookupError("a checklist is a party's")
    return actor.party


def _is_reachable(actor: Actor) -> bool:
    if actor.user is None:
        return False
    has_mail = EmailAddress.objects.filter(user=actor.user, verified=True).exists()
    return bool(actor.user.phone) or has_mail


def _has_company(actor: Actor) -> bool:
    return Membership.objects.filter(party=_party_of(actor)).count() > 1


register_step(
    "",
    "address",
    _("Confirm your mail address or your phone"),
    lambda actor: reverse("my_phone"),
    _is_reachable,
)
register_step(
    "",
    "profile",
    _("Complete the profile"),
    lambda actor: reverse("party_edit", args=[_party_of(actor).pk]),
    lambda actor: bool(rules.profile_is_complete(_party_of(actor)) and _party_of(actor).intro),
)
register_step(
    PartyKind.CREATOR,
    "real-name",
    _("Give your real name, or the code of your licence"),
    lambda actor: reverse("real_name_edit", args=[_party_of(actor).pk]),
    lambda actor: not rules.lacks_real_name(_party_of(actor), rules.checklist(_party_of(actor))),
)
register_step(
    "",
    "documents",
    _("Upload the documents that are asked for"),
    lambda actor: reverse("document_list", args=[_party_of(actor).pk]),
    lambda actor: not rules.missing(rules.checklist(_party_of(actor))),
)
register_step(
    "",
    "review",
    _("Hand the party in for review"),
    lambda actor: _party_of(actor).get_absolute_url(),
    lambda actor: _party_of(actor).status not in {PartyStatus.DRAFT, PartyStatus.NEED_INFO},
)
register_step(
    "",
    "second-factor",
    _("Protect your account with a second factor"),
    lambda actor: reverse("mfa_index"),
    lambda actor: actor.user is not None and is_mfa_enabled(actor.user, FACTORS),
)
register_step(
    "",
    "colleagues",
    _("Invite a colleague"),
    lambda actor: reverse("party_members", args=[_party_of(actor).pk]),
    _has_company,
)
register_step(
    PartyKind.AGENCY,
    "roster",
    _("Invite your creators"),
    lambda actor: reverse("roster_list", args=[_party_of(actor).pk]),
    lambda actor: RosterEntry.objects.filter(agency=actor.party_id).exists(),
)
