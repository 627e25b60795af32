"""What a pair lacks, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.matching import Gap
from matchmaking.matching import BIT
from matchmaking.recruiting.models import Post
from portal.core.money import Money
from portal.policies.states import ProductSource

SOURCES = {bit: source for source, bit in BIT.items()}
PLAIN: dict[str, str | Promise] = {
    "category": _("This category is not asked for."),
    "exclusive": _("It is wanted for the poster alone; promise that nobody else sells it."),
    "taken": _("It is promised to somebody else alone at that time."),
    "stock": _("Nothing of it is in stock."),
    "unrated": _("The product has no reputation yet; it counts as the middle."),
    "poster_unrated": _("The poster has no reputation yet; it counts as the middle."),
    "goods": _("What the poster sells by price is not known; the prices asked for stand in."),
    "on_time": _("How often the poster showed samples in time is not known yet."),
}


@dataclass(frozen=True, slots=True)
class GapLine:
    """`is_hard`: an application that lacks this is not taken."""

    code: str
    text: str
    is_hard: bool


def gap_line(gap: Gap, post: Post) -> GapLine:
    return GapLine(gap.code, _words(gap, post), gap.is_hard)


def _words(gap: Gap, post: Post) -> str:
    if gap.code in PLAIN:
        return str(PLAIN[gap.code])
    if gap.code == "source":
        return _source_words(SOURCES[gap.detail[0]], post)
    has, wanted = gap.detail
    if gap.code == "commission":
        sentence = gettext("Commission %(has)s%%, wanted %(wanted)s%%.")
        return sentence % {"has": f"{has / 100:g}", "wanted": f"{wanted / 100:g}"}
    if gap.code == "samples":
        return gettext("Samples: %(has)s, wanted %(wanted)s.") % {"has": has, "wanted": wanted}
    is_above = gap.code == "price_above"
    sentence = (
        gettext("Price %(has)s, at most %(wanted)s is wanted.")
        if is_above
        else gettext("Price %(has)s, at least %(wanted)s is wanted.")
    )
    return sentence % {"has": Money(has).short, "wanted": Money(wanted).short}


def _source_words(source: str, post: Post) -> str:
    """What is asked for and lacks all the same is kept out by the rules of that day."""
    sentence = (
        gettext("Goods from “%(source)s” may not be shown there on that day.")
        if source in post.sources
        else gettext("Goods from “%(source)s” are not asked for.")
    )
    return sentence % {"source": ProductSource(source).label}
