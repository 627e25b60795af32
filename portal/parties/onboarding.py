"""What is left to do before a party can work here: a checklist that other parts add steps to.

`register_step(kind, name, title, url, is_done)`: `kind` is a party's kind or "" for all of them;
`url` and `is_done` take the actor, who speaks for the party. `is_done` says so, or names the rows
of which one is enough: all of these are asked for in one query. `roles`: whose step it is; nobody
is shown one that they may not do. A step is listed when its page works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.core.cache import caches
from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.notices.models import NoticeChoice
from portal.parties import rules, states
from portal.parties.middleware import FACTORS
from portal.parties.models import Membership, Party, PayoutAccount, PutAway, RosterEntry
from portal.parties.states import PartyKind, PartyStatus, PayoutStatus, Role

KEPT_SECONDS = 300
Question = Callable[[Actor], "bool | QuerySet[Any]"]
Address = Callable[[Actor], str]


@dataclass(frozen=True, slots=True)
class Step:
    kind: str
    name: str
    title: str | Promise
    url: Address
    is_done: Question
    roles: frozenset[str]


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
    kind: str,
    name: str,
    title: str | Promise,
    url: Address,
    is_done: Question,
    *,
    roles: Iterable[str] = states.MANAGING,
) -> None:
    """Add a step, after those that stand there already."""
    _steps.append(Step(kind, name, title, url, is_done, frozenset(roles)))


def checklist_of(actor: Actor) -> Checklist | None:
    """The checklist of who may do its steps, until they put it away."""
    party = actor.party
    if party is None or actor.user is None or actor.key_party_id is not None:
        return None
    steps = [s for s in _steps if s.kind in {"", party.kind} and actor.role in s.roles]
    if not steps or PutAway.objects.filter(user=actor.user, party=party).exists():
        return None
    done = _kept_done(actor, party, steps)
    lines = [
        Line(s.name, s.title, s.url(actor), is_done) for s, is_done in zip(steps, done, strict=True)
    ]
    return Checklist(party, lines)


def _kept_done(actor: Actor, party: Party, steps: Sequence[Step]) -> list[bool]:
    """What is done is not asked again for a while, so that a long list costs what is left of it."""
    key = f"steps:{actor.user_id}:{party.pk}"
    done: frozenset[str] = caches["local"].get(key, frozenset())
    left = [step for step in steps if step.name not in done]
    answers = _done(actor, party, left)
    now = done | {step.name for step, is_done in zip(left, answers, strict=True) if is_done}
    if now != done:
        caches["local"].set(key, now, KEPT_SECONDS)
    return [step.name in now for step in steps]


def _done(actor: Actor, party: Party, steps: Sequence[Step]) -> list[bool]:
    answers = [step.is_done(actor) for step in steps]
    asked = {
        f"step_{number}": Exists(answer)
        for number, answer in enumerate(answers)
        if not isinstance(answer, bool)
    }
    itself = Party.objects.filter(pk=party.pk)
    found = itself.annotate(**asked).values(*asked).get() if asked else {}
    return [
        answer if isinstance(answer, bool) else bool(found[f"step_{number}"])
        for number, answer in enumerate(answers)
    ]


# --- the first steps -----------------------------------------------------------------------------


def _party_of(actor: Actor) -> Party:
    if actor.party is None:
        raise LookupError("a checklist is a party's")
    return actor.party


def _is_reachable(actor: Actor) -> bool | QuerySet[Any]:
    has_phone = actor.user is not None and bool(actor.user.phone)
    return has_phone or EmailAddress.objects.filter(user=actor.user, verified=True)


def _company(actor: Actor) -> QuerySet[Any]:
    return Membership.objects.filter(party=_party_of(actor)).exclude(user=actor.user)


def _payouts(actor: Actor) -> QuerySet[Any]:
    """One that somebody else has to confirm is entered, and waits for the other's step."""
    accounts = PayoutAccount.objects.filter(party=_party_of(actor))
    return accounts.filter(Q(status=PayoutStatus.IN_USE) | Q(entered_by=actor.user)).standing()


register_step(
    "",
    "address",
    _("Confirm your mail address or your phone"),
    lambda actor: reverse("my_phone"),
    _is_reachable,
    roles=Role,
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
    roles=Role,
)
register_step(
    "",
    "colleagues",
    _("Invite a colleague"),
    lambda actor: reverse("party_members", args=[_party_of(actor).pk]),
    _company,
)
register_step(
    PartyKind.AGENCY,
    "roster",
    _("Invite your creators"),
    lambda actor: reverse("roster_list", args=[_party_of(actor).pk]),
    lambda actor: RosterEntry.objects.filter(agency=actor.party_id),
)
register_step(
    "",
    "payout",
    _("Say where the party is paid; a second person confirms it"),
    lambda actor: reverse("party_payout", args=[_party_of(actor).pk]),
    _payouts,
    roles=states.PAYING,
)
register_step(
    "",
    "notices",
    _("Choose how notices reach you"),
    lambda actor: reverse("notice_settings"),
    lambda actor: NoticeChoice.objects.filter(user=actor.user),
    roles=set(Role) - states.MANAGING,
)
