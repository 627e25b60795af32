"""Who changes what was agreed, and into what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import STAYS, AmendmentFields, Terms
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
from matchmaking.engine.dues import is_refund_ladder
from portal.core import clock
from portal.core.actor import Actor
from portal.core.forms import MAX_FEN
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless

MOST_TITLE, MOST_SCOPE, MOST_LEVEL, MOST_REFUNDS = 80, 5_000, 1_000, 5
LONGEST = timedelta(days=5 * 366)
MOST_MONTHS = 36


def can_propose_amendment(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.LIVE:
        return conflict(_("Only what is agreed and not over can be changed."))
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


def counter_is_sound(amendment: Amendment, fields: AmendmentFields) -> Verdict:
    return flawless(flaws_of_amendment(amendment.cooperation, fields, amendment.after))


def flaws_of_amendment(
    cooperation: Cooperation, fields: AmendmentFields, base: Mapping[str, Any] | None = None
) -> Iterator[Flaw]:
    """`base`: the terms it answers, where others are on the table."""
    wanted, said = terms_wanted(cooperation, fields, base), terms_of(cooperation)
    if len(fields.note) > MOST_WORDS:
        yield Flaw("note", _("At most 300 characters."))
    yield from _flaws_of_days(cooperation, fields, wanted)
    yield from flaws_of_terms(wanted)
    if fields.price is not None:
        yield from flaws_of_price(fields.price)
        yield from flaws_of_billed(cooperation, wanted)
    if wanted == (base or said) or (cooperation.is_agreed and wanted == said):
        yield Flaw("scope", _("Nothing would change."))


def flaws_of_billed(cooperation: Cooperation, wanted: Mapping[str, Any]) -> Iterator[Flaw]:
    """The fee of a piece is asked for once, when it is approved: another one comes too late then,
    also where the answer does."""
    is_other = wanted["monthly_fee_fen"] != cooperation.monthly_fee_fen
    if cooperation.is_once and is_other and cooperation.is_fee_billed:
        yield Flaw("monthly_fee_fen", _("The fee of the piece is billed already."))


def flaws_of_terms(wanted: Mapping[str, Any]) -> Iterator[Flaw]:
    """Of all that is agreed on but price and days."""
    if "title" in wanted and not 1 <= len(wanted["title"].strip()) <= MOST_TITLE:
        yield Flaw("title", _("From 1 to 80 characters."))
    if not wanted["scope"]:
        yield Flaw("scope", _("Please fill this in."))
    elif len(wanted["scope"]) > MOST_SCOPE:
        yield Flaw("scope", _("At most 5,000 characters."))
    if len(wanted["service_level"]) > MOST_LEVEL:
        yield Flaw("service_level", _("At most 1,000 characters."))
    if not 1 <= wanted["notice_days"] <= MOST_NOTICE:
        yield Flaw("notice_days", _("From 1 to 180 days."))
    day = wanted["payment_day"]
    if day is not None and not 1 <= day <= LAST_PAYMENT_DAY:
        yield Flaw("payment_day", _("From the 1st to the 28th."))
    target = wanted["gmv_target_fen"]
    if target is not None and not 0 < target <= MAX_FEN:
        yield Flaw("gmv_target_fen", _("Above zero, or leave it empty."))
    if wanted["settlement_base"] not in states.SettlementBase.values:
        yield Flaw("settlement_base", _("Choose one from the list."))
    yield from _flaws_of_refunds(wanted["refund_ladder"], target)


def _flaws_of_refunds(ladder: Sequence[Sequence[int]], target: int | None) -> Iterator[Flaw]:
    if ladder and target is None:
        yield Flaw("gmv_target_fen", _("A refund ladder is of a target."))
    if len(ladder) > MOST_REFUNDS:
        yield Flaw("refund_ladder", _("At most 5 steps."))
    elif not is_refund_ladder(ladder):
        yield Flaw(
            "refund_ladder",
            _("Begin at 0% of the target; each step is of more of it and gives back less."),
        )


def _flaws_of_days(
    cooperation: Cooperation, fields: AmendmentFields, wanted: Mapping[str, Any]
) -> Iterator[Flaw]:
    if cooperation.is_agreed:
        if fields.ends_on is not None and fields.ends_on != cooperation.ends_on:
            yield from _flaws_of_end(cooperation.starts_on, fields.ends_on)
        return
    begins = date.fromisoformat(wanted["starts_on"])
    if not clock.today() <= begins <= clock.today() + LONGEST:
        yield Flaw("starts_on", _("Name a day from today on."))
    yield from _flaws_of_end(begins, date.fromisoformat(wanted["ends_on"]))


def _flaws_of_end(begins: date, ends_on: date) -> Iterator[Flaw]:
    today = clock.today()
    if not max(today, begins) < ends_on <= today + LONGEST:
        yield Flaw("ends_on", _("Name a day after today and after its begin, within five years."))


def proposed_terms_are_sound(terms: Terms, note: str) -> Verdict:
    return flawless(flaws_of_proposed_terms(terms, note))


def flaws_of_proposed_terms(terms: Terms, note: str) -> Iterator[Flaw]:
    """Of a cooperation that is being proposed."""
    yield from flaws_of_price(terms)
    yield from flaws_of_terms(
        {
            "title": terms.title,
            "scope": terms.scope.strip(),
            "service_level": "",
            "notice_days": terms.notice_days,
            "payment_day": None,
            "gmv_target_fen": terms.gmv_target_fen,
            "settlement_base": terms.settlement_base,
            "refund_ladder": terms.refund_ladder,
        }
    )
    if not clock.today() <= terms.starts_on <= clock.today() + LONGEST:
        yield Flaw("starts_on", _("Name a day from today on."))
    if not 1 <= terms.term_months <= MOST_MONTHS:
        yield Flaw("term_months", _("From 1 to 36 months."))
    if len(note) > MOST_WORDS:
        yield Flaw("note", _("At most 300 characters."))


def terms_wanted(
    cooperation: Cooperation, fields: AmendmentFields, base: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """All terms as they would be; what is not said stays as it is, or as `base` says."""
    said: dict[str, Any] = {
        "ends_on": fields.ends_on,
        "scope": fields.scope and fields.scope.strip(),
        "service_level": fields.service_level and fields.service_level.strip(),
        "notice_days": fields.notice_days,
        "refund_ladder": fields.refund_ladder,
        "settlement_base": fields.settlement_base,
        **(asdict(fields.price) if fields.price is not None else {}),
    }
    named = {name: value for name, value in said.items() if value is not None}
    for name in ("payment_day", "gmv_target_fen"):  # None is a value of theirs
        if (value := getattr(fields, name)) is not STAYS:
            named[name] = value
    if not cooperation.is_agreed:
        first = {"title": fields.title, "starts_on": fields.starts_on}
        named |= {name: value for name, value in first.items() if value is not None}
    standing = terms_of(cooperation) | dict(base or {})
    return standing | {name: plain_term(value) for name, value in named.items()}


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
    is_over = amendment.cooperation.status not in states.NEGOTIABLE
    if amendment.status != AmendmentStatus.OPEN or amendment.expires_at <= clock.now() or is_over:
        return conflict(_("This change no longer waits for an answer."))
    return ALLOWED
