"""Who may say what a creator's figures and distributions are, and what they can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.activity.fields import FIGURES, DistributionFields, FiguresFields
from portal.activity.rules.days import OLDEST, can_feed_days
from portal.activity.states import PARTS, DistributionKind, Source
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import Flaw, Verdict, forbidden
from portal.parties.models import Party
from portal.parties.rules import can_manage_party
from portal.parties.selectors.reference import reference
from portal.parties.states import PartyKind

WHOLE = 10_000  # basis points


def can_report_figures(actor: Actor, party: Party | None) -> Verdict:
    """A creator reports its own figures; they are marked as its own word."""
    if party is None:
        return forbidden(_("You do not speak for this party."))
    if party.kind != PartyKind.CREATOR:
        return forbidden(_("Only creators have these figures."))
    return can_manage_party(actor, party)


def can_record_figures(actor: Actor, source: Source, party_ids: set[int]) -> Verdict:
    if actor.role != SYSTEM and source == Source.SELF_REPORTED:
        if party_ids - {actor.party_id}:
            return forbidden(_("You do not speak for this party."))
        return can_report_figures(actor, actor.party)
    return can_feed_days(actor)


def flaws_of_figures(fields: FiguresFields) -> Iterator[Flaw]:
    yield from _flaws_of_day(fields.day)
    for name, most in FIGURES.items():
        value = getattr(fields, name)
        if value is not None and not 0 <= value <= most:
            said = {"low": 0, "high": f"{most:,}"}
            yield Flaw(name, _("Enter a number from %(low)s to %(high)s.") % said)
    if all(getattr(fields, name) is None for name in FIGURES):
        yield Flaw("videos", _("Say at least one figure."))
    if fields.kept is not None and fields.kept > (fields.promised or 0):
        yield Flaw("kept", _("Not more than was agreed on."))


def flaws_of_distribution(fields: DistributionFields) -> Iterator[Flaw]:
    yield from _flaws_of_day(fields.day)
    if fields.kind not in DistributionKind.values:
        yield Flaw("kind", _("Choose one from the list."))
        return
    unknown = set(fields.parts) - codes_of(fields.kind).keys()
    if unknown:
        said = {"codes": ", ".join(sorted(unknown)[:5])}
        yield Flaw("parts", _("There is no such part: %(codes)s.") % said)
    if any(not 0 <= value <= WHOLE for value in fields.parts.values()):
        yield Flaw("parts", _("Each part is from 0% to 100%."))
    elif (total := sum(fields.parts.values())) != WHOLE:
        sentence = _("The shares must add up to 100%%; they are at %(total)s%%.")
        yield Flaw("parts", sentence % {"total": f"{total / 100:g}"})


def codes_of(kind: str) -> Mapping[str, object]:
    """The parts of a kind by code, in their order."""
    if kind == DistributionKind.CATEGORY:
        first = (row for row in reference().categories.values() if row.parent_id is None)
        return {row.code: row for row in first}
    return PARTS[DistributionKind(kind)]


def parts_of(kind: str) -> Mapping[str, str | Promise]:
    """The parts of a kind by code, in their order, with their names."""
    if kind == DistributionKind.CATEGORY:
        first = (row for row in reference().categories.values() if row.parent_id is None)
        return {row.code: row.name for row in first}
    return PARTS[DistributionKind(kind)]


def _flaws_of_day(day: date) -> Iterator[Flaw]:
    today = clock.today()
    if day > today:
        yield Flaw("day", _("This day has not come yet."))
    if day < today - OLDEST:
        yield Flaw("day", _("Not older than three years."))
