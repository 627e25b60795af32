"""What fairs came to as a file: fair by fair, by category or by size of the brand; of one or of all
of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import rules, selectors
from matchmaking.fairs.models import Fair
from matchmaking.fairs.selectors import Way
from portal.core import clock
from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.web import whole_number

FIRST: dict[str, Sequence[str | Promise]] = {
    "fair": (
        *(_("Fair"), _("Day"), _("City"), _("With a seat"), _("Here"), _("Meetings a head")),
        *(_("Cost"), _("Cost a deal")),
    ),
    "category": (_("Category"),),
    "size": (_("Size of the brand"),),
}
WAY = (
    *(_("Meetings"), _("Want to work together"), _("Agreed"), _("Samples"), _("With a post")),
    *(_("Order lines"), _("Paid"), _("Settled net GMV"), _("May still settle")),
)


def clean(params: Params) -> Params:
    """`year`, or the number of one `fair`; `by`: fair, category or size."""
    by = str(params.get("by", ""))
    return {
        "year": whole_number(str(params.get("year", ""))) or clock.today().year,
        "fair": whole_number(str(params.get("fair", ""))),
        "by": by if by in FIRST else "fair",
    }


def columns(params: Params) -> list[str | Promise]:
    return [*FIRST[params["by"]], *WAY]


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    found = selectors.returns_across(_fairs(actor, params))
    match params["by"]:
        case "category":
            yield from ([one.name, *_cells(way)] for one, way in found.categories)
        case "size":
            yield from ([str(size.label), *_cells(way)] for size, way in found.sizes)
        case _:
            yield from (_of_fair(row) for row in found.fairs)


def _fairs(actor: Actor, params: Params) -> list[Fair]:
    seen = Fair.objects.visible_to(actor).select_related("city", "occasion")
    if params["fair"]:
        return list(seen.filter(pk=params["fair"]))
    return list(selectors.held_in_year(params["year"]))


def _of_fair(row: selectors.FairRow) -> list[Any]:
    fair, head = row.fair, row.meetings_a_head
    return [
        fair.title,
        clock.day_of(fair.starts_at),
        fair.city.name,
        row.seated,
        row.here,
        "" if head is None else round(head, 1),
        _yuan(fair.cost_fen),
        "" if (cost := row.way.cost_a_deal_fen) is None else _yuan(cost),
        *_cells(row.way),
    ]


def _cells(way: Way) -> list[Any]:
    lines = way.lines
    money = (lines.paid_fen, lines.net_fen, lines.open_fen)
    counts = (way.meetings, way.wanted, way.agreed, way.samples, way.posted, lines.lines)
    return [*counts, *map(_yuan, money)]


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


RETURNS = register_export(
    ExportKind(
        name="fairs.returns",
        title=_("What fairs came to"),
        columns=columns,
        rows=rows,
        may=rules.can_run_fairs,
        clean=clean,
    )
)
