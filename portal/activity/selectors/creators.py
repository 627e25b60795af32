"""Whether a creator may share goods by the rule in force, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.activity.selectors.figures import Known, figures_of, spreads_of
from portal.core import clock
from portal.core.money import Money
from portal.ledger.selectors import held_by
from portal.ledger.states import Kind
from portal.parties.models import Party
from portal.parties.rules import real_name_of
from portal.policies.models import CartRule
from portal.policies.selectors import cart_rule_on


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing the rule asks; `is_met` is None where it is not known."""

    label: str
    said: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Eligibility:
    rule: CartRule
    conditions: list[Condition]

    @property
    def is_met(self) -> bool | None:
        """False if anything is missing, None if anything is unknown, else True."""
        answers = {condition.is_met for condition in self.conditions}
        if False in answers:
            return False
        return None if None in answers else True


def eligibility_of(party: Party, known: Known) -> Eligibility | None:
    """None: no rule is in force."""
    rule = cart_rule_on(clock.today())
    return Eligibility(rule, list(_conditions(party, known, rule))) if rule else None


def _conditions(party: Party, known: Known, rule: CartRule) -> Iterator[Condition]:
    if rule.needs_real_name and party.is_natural_person:
        name = real_name_of(party)
        is_verified = name is not None and name.verified_at is not None
        unverified = _("not given") if name is None else _("given, not verified yet")
        said = _("verified") if is_verified else unverified
        yield Condition(_("Real name"), said, is_verified)
    yield from _at_least(known, "videos", _("Videos"), rule.least_videos)
    yield from _at_least(known, "followers", _("Followers"), rule.least_followers)
    if rule.deposit_fen:
        paid = deposit_of(party, known)
        asked = Money(rule.deposit_fen).short
        said = _("not known") if paid is None else Money(paid).short
        is_met = None if paid is None else paid >= rule.deposit_fen
        yield Condition(_("Deposit of %(asked)s") % {"asked": asked}, said, is_met)


def _at_least(known: Known, name: str, label: str, least: int) -> Iterator[Condition]:
    if not least:
        return
    figure = known.get(name)
    said = _("not known") if figure is None else f"{figure.value:,}"
    label = _("%(what)s, at least %(n)s") % {"what": label, "n": f"{least:,}"}
    yield Condition(label, said, None if figure is None else figure.value >= least)


def deposit_of(party: Party, known: Known) -> int | None:
    """What the books hold, in fen. Of a creator whose deposit never passed through them, what the
    platform's feed said; None: neither knows."""
    held = held_by(party.pk, Kind.DEPOSIT)
    if held is not None:
        return held
    told = known.get("deposit_fen")
    return None if told is None else told.value


def creator_profile(party: Party) -> dict[str, Any]:
    """What a creator is chosen by, for its own page and for everybody's."""
    known = figures_of([party.pk]).get(party.pk, {})
    return {
        "known": known,
        "deposit": held_by(party.pk, Kind.DEPOSIT),
        "delivery": delivery_of(known),
        "spreads": spreads_of(party),
        "eligibility": eligibility_of(party, known),
    }


def delivery_of(known: Known) -> float | None:
    """Of what was agreed on in 90 days, the percentage delivered in time; None: nothing known."""
    promised, kept = known.get("promised"), known.get("kept")
    if promised is None or kept is None or not promised.value:
        return None
    return 100 * kept.value / promised.value
