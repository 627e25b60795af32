"""One fact in words: what it says, whether it counts and why not, what stands before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.evaluation.links import row_link
from portal.evaluation.measures import MEASURES, Measure
from portal.evaluation.models import Fact
from portal.evaluation.states import COUNTED, Door, Strike

STRUCK = {
    Strike.QUICK_REFUND: _("Orders that are refunded soon after they were paid are no business."),
    Strike.SAME_PAYER: _("Many orders of one payer in one shop are not the demand of many."),
    Strike.SELF_DEALING: _(
        "Both sides belong together: they share a member, a registration or the person behind."
    ),
    Strike.SHORT_COOPERATION: _("Reviews count from cooperations of some length on."),
    Strike.UNPAID: _("Reviews count from cooperations in which something was paid."),
}
BROUGHT_IN = _(
    "It was brought in, and counts in a figure only while this site's own facts are too few."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a fact enters scores. `why`: what keeps it out; `remedy`: what would let it in."""

    label: str | Promise
    tone: str
    why: str | Promise = ""
    remedy: str | Promise = ""


@dataclass(frozen=True, slots=True)
class RowBehind:
    """`url` None: not open to this person, or without a page."""

    title: str | Promise
    url: str | None
    ref: str


def measure_of(fact: Fact) -> Measure | None:
    return MEASURES.get(fact.measure)


def title_of(fact: Fact) -> str | Promise:
    measure = measure_of(fact)
    return measure.title if measure else fact.measure


def written_value(fact: Fact) -> str:
    measure = measure_of(fact)
    digits = f"{fact.value:,.4f}".rstrip("0").rstrip(".")
    unit = str(measure.unit) if measure else ""
    return f"{digits}%" if unit == "%" else f"{digits} {unit}".strip()


def standing_of(fact: Fact) -> Standing:
    """With `correction` joined it asks the database nothing."""
    if fact.is_void:
        return Standing(_("Taken back"), "", fact.why)
    if (later := later_of(fact)) is not None:
        label = _("Taken back") if later.is_void else _("Corrected")
        return Standing(label, "", later.why)
    if fact.strike:
        strike = Strike(fact.strike)
        return Standing(strike.label, "bad", STRUCK[strike])
    if fact.grade not in COUNTED:
        return Standing(
            _("Own word only"),
            "warn",
            _("Nobody but the party itself says so."),
            _("Ask for it to be confirmed: an operator looks at the papers, and then it counts."),
        )
    if fact.door != Door.PORTAL:
        return Standing(pgettext_lazy("fact", "Counted"), "ok", BROUGHT_IN)
    return Standing(pgettext_lazy("fact", "Counted"), "ok")


def later_of(fact: Fact) -> Fact | None:
    """The row that stands in for it."""
    return getattr(fact, "correction", None)


def chain_of(fact: Fact) -> list[Fact]:
    """All rows that stood one after the other, the first first."""
    earlier = [fact]
    while (before := earlier[0].corrects) is not None:
        earlier.insert(0, before)
    return [*earlier, *_after(fact)]


def _after(fact: Fact) -> Iterator[Fact]:
    later = later_of(fact)
    while later is not None:
        yield later
        later = later_of(later)


def pseudonym_of(fact: Fact) -> str | Promise:
    """Who gave evidence, told apart but not named. The same counterparty has the same mark in all
    facts of a party, and another one in those of another party."""
    if fact.counterpart_id is None:
        return ""
    mark = salted_hmac("evaluation.counterpart", f"{fact.party_id}:{fact.counterpart_id}")
    return _("Counterparty %(mark)s") % {"mark": mark.hexdigest()[:6].upper()}


def row_behind(actor: Actor, fact: Fact) -> RowBehind:
    link = row_link(fact.ref_kind)
    if link is None:
        return RowBehind(_("Row of a file or of another part"), None, fact.ref_id)
    return RowBehind(link.title, link.find(actor, fact.ref_id), fact.ref_id)
