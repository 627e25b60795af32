"""Who changes what was agreed, and into what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import STAYS, AmendmentFields
from matchmaking.cooperation.models import (
    LAST_PAYMENT_DAY,
    MOST_NOTICE,
    Amendment,
    Cooperation,
    plain_term,
    terms_of,
)
from matchmaking.cooperation.rules.cooperations import MOST_WORDS, can_manage_cooperation
from matchmaking.cooperation.rules.prices import flaws_of_price
from matchmaking.cooperation.states import AmendmentStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.forms import MAX_FEN
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless

MOST_SCOPE, MOST_LEVEL = 5_000, 1_000
LONGEST = timedelta(days=5 * 366)


def can_propose_amendment(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.LIVE:
        return conflict(_("This cooperation is over."))
    if cooperation.amendments.open().exists():
        return conflict(_("One change is waiting for its answer already."))
    return ALLOWED


def cooperation_is_as_seen(cooperation: Cooperation, version: int | None) -> Verdict:
    """A change names the version it changes, or it would quietly take back what was agreed since.
    None: of whatever stands."""
    if version is not None and version != cooperation.version:
        sentence = _("Version %(n)s was agreed meanwhile. Look at it first.")
        return conflict(str(sentence) % {"n": cooperation.version})
    return ALLOWED


def amendment_is_sound(cooperation: Cooperation, fields: AmendmentFields) -> Verdict:
    return flawless(flaws_of_amendment(cooperation, fields))


def flaws_of_amendment(cooperation: Cooperation, fields: AmendmentFields) -> Iterator[Flaw]:
    wanted, said = terms_wanted(cooperation, fields), terms_of(cooperation)
    if not wanted["scope"]:
        yield Flaw("scope", _("Please fill this in."))
    elif len(wanted["scope"]) > MOST_SCOPE:
        yield Flaw("scope", _("At most 5,000 characters."))
    if len(fields.note) > MOST_WORDS:
        yield Flaw("note", _("At most 300 characters."))
    if fields.ends_on is not None and fields.ends_on != cooperation.ends_on:
        yield from _flaws_of_end(cooperation, fields.ends_on)
    if len(wanted["service_level"]) > MOST_LEVEL:
        yield Flaw("service_level", _("At most 1,000 characters."))
    if not 1 <= wanted["notice_days"] <= MOST_NOTICE:
        yield Flaw("notice_days", _("From 1 to 180 days."))
    day = wanted["payment_day"]
    if day is not None and not 1 <= day <= LAST_PAYMENT_DAY:
        yield Flaw("payment_day", _("From the 1st to the 28th."))
    if fields.price is not None:
        yield from flaws_of_price(fields.price)
    target = wanted["gmv_target_fen"]
    if target is not None and not 0 < target <= MAX_FEN:
        yield Flaw("gmv_target_fen", _("Above zero, or leave it empty."))
    if wanted == said:
        yield Flaw("scope", _("Nothing would change."))


def _flaws_of_end(cooperation: Cooperation, ends_on: date) -> Iterator[Flaw]:
    today = clock.today()
    if not max(today, cooperation.starts_on) < ends_on <= today + LONGEST:
        yield Flaw("ends_on", _("Name a day after today and after its begin, within five years."))


def terms_wanted(cooperation: Cooperation, fields: AmendmentFields) -> dict[str, Any]:
    """All terms as they would be; what is not said stays as it is."""
    said: dict[str, Any] = {
        "ends_on": fields.ends_on,
        "scope": fields.scope and fields.scope.strip(),
        "service_level": fields.service_level and fields.service_level.strip(),
        "notice_days": fields.notice_days,
        **(asdict(fields.price) if fields.price is not None else {}),
    }
    named = {name: value for name, value in said.items() if value is not None}
    for name in ("payment_day", "gmv_target_fen"):  # None is a value of theirs
        if (value := getattr(fields, name)) is not STAYS:
            named[name] = value
    return terms_of(cooperation) | {name: plain_term(value) for name, value in named.items()}


def can_answer_amendment(actor: Actor, amendment: Amendment) -> Verdict:
    """The side that did not propose it."""
    if not (verdict := can_manage_cooperation(actor, amendment.cooperation)):
        return verdict
    if actor.party_id == amendment.party_id:
        return conflict(_("The other side answers what you proposed."))
    return _still_open(amendment)


def can_withdraw_amendment(actor: Actor, amendment: Amendment) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, amendment.cooperation)):
        return verdict
    if actor.party_id != amendment.party_id:
        return conflict(_("Only the side that proposed it can take it back."))
    return _still_open(amendment)


def _still_open(amendment: Amendment) -> Verdict:
    is_over = amendment.cooperation.status not in states.LIVE
    if amendment.status != AmendmentStatus.OPEN or amendment.expires_at <= clock.now() or is_over:
        return conflict(_("This change no longer waits for an answer."))
    return ALLOWED
