"""Files of figures: a party's own days, and an operator's days and figures of many parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from portal.activity import rules, services
from portal.activity.fields import FIGURES, MOST, DayFields, FiguresFields
from portal.activity.states import Source
from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, whole, yes_no
from portal.core.verdict import Flaw
from portal.parties.models import Party
from portal.parties.states import PartyKind

COLUMNS = [
    Column("day", _("Day"), required=True, parse=day, help=_("Such as 2026-05-31.")),
    Column(
        "followers",
        _("Followers"),
        required=True,
        parse=whole(0, MOST["followers"]),
        help=_("At the end of the day."),
    ),
    Column(
        "shopping_followers",
        _("Shopping followers"),
        parse=whole(0, MOST["shopping_followers"]),
        help=_("Followers who have bought. Empty if it is not known."),
    ),
    Column(
        "videos",
        _("Videos"),
        required=True,
        parse=whole(0, MOST["videos"]),
        help=_("Published on this day."),
    ),
    Column(
        "lives",
        _("Live sessions"),
        required=True,
        parse=whole(0, MOST["lives"]),
        help=_("Begun on this day."),
    ),
    Column(
        "has_sold",
        _("Sold something"),
        required=True,
        parse=yes_no,
        help=_("Yes if at least one order was paid."),
    ),
]
PARTY = Column(
    "party_id",
    _("Party number"),
    required=True,
    parse=whole(1, 2**62),
    help=_("The number in the address of its page."),
)
EXAMPLE = {
    "day": "2026-05-31",
    "followers": 12800,
    "shopping_followers": 3100,
    "videos": 2,
    "lives": 1,
    "has_sold": _("yes"),
}


def check_own(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    for row in rows:
        for flaw in rules.flaws_of_day(_fields(row.values, actor.party_id)):
            yield row.line, flaw


def check_many(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    ids = {row.values["party_id"] for row in rows}
    parties = Party.objects.filter(pk__in=ids, kind__in=rules.KINDS)
    known = set(parties.values_list("pk", flat=True))
    for row in rows:
        if row.values["party_id"] not in known:
            yield row.line, Flaw("party_id", _("No merchant or creator has this number."))
        for flaw in rules.flaws_of_day(_fields(row.values, row.values["party_id"])):
            yield row.line, flaw


def apply_own(actor: Actor, rows: Sequence[Values]) -> int:
    days = [_fields(row, actor.party_id) for row in rows]
    return services.record_days(actor, days=days, source=Source.SELF_REPORTED)


def apply_many(actor: Actor, rows: Sequence[Values]) -> int:
    days = [_fields(row, row["party_id"]) for row in rows]
    return services.record_days(actor, days=days, source=Source.OPERATOR_FILE)


def _fields(values: Values, party_id: int | None) -> DayFields:
    return DayFields(**(values | {"party_id": party_id or 0}))


FIGURE_COLUMNS = [
    PARTY,
    Column("day", _("As of"), required=True, parse=day, help=_("Such as 2026-05-31.")),
    Column("videos", _("Videos in all"), parse=whole(0, FIGURES["videos"])),
    Column(
        "average_views", _("Average views of a video"), parse=whole(0, FIGURES["average_views"])
    ),
    Column(
        "average_viewers",
        _("Average viewers of a live room"),
        parse=whole(0, FIGURES["average_viewers"]),
    ),
    Column("live_minutes", _("Minutes live in 30 days"), parse=whole(0, FIGURES["live_minutes"])),
    Column("gpm_fen", _("GPM (fen)"), parse=whole(0, FIGURES["gpm_fen"])),
    Column(
        "average_price_fen", _("Average price (fen)"), parse=whole(0, FIGURES["average_price_fen"])
    ),
    Column(
        "commission_bp",
        _("Average commission (basis points)"),
        parse=whole(0, FIGURES["commission_bp"]),
    ),
    Column("promised", _("Agreed on in 90 days"), parse=whole(0, FIGURES["promised"])),
    Column("kept", _("Of these delivered in time"), parse=whole(0, FIGURES["kept"])),
    Column("deposit_fen", _("Deposit paid (fen)"), parse=whole(0, FIGURES["deposit_fen"])),
]


def check_figures(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    ids = {row.values["party_id"] for row in rows}
    creators = Party.objects.filter(pk__in=ids, kind=PartyKind.CREATOR)
    known = set(creators.values_list("pk", flat=True))
    for row in rows:
        if row.values["party_id"] not in known:
            yield row.line, Flaw("party_id", _("No creator has this number."))
        for flaw in rules.flaws_of_figures(FiguresFields(**row.values)):
            yield row.line, flaw


def apply_figures(actor: Actor, rows: Sequence[Values]) -> int:
    figures = [FiguresFields(**row) for row in rows]
    return services.record_figures(actor, figures=figures, source=Source.OPERATOR_FILE)


OWN = register_import(
    ImportKind(
        name="activity.own",
        title=_("Our daily figures"),
        about=_("Followers, videos, live sessions and selling days of the shop or account."),
        columns=COLUMNS,
        may=lambda actor: rules.can_report_days(actor, actor.party),
        check=check_own,
        apply=apply_own,
        key=("day",),
        examples=[EXAMPLE],
    )
)
MANY = register_import(
    ImportKind(
        name="activity.many",
        title=_("Daily figures of parties"),
        about=_("From a file of the platform, for many shops and creators at once."),
        columns=[PARTY, *COLUMNS],
        may=rules.can_feed_days,
        check=check_many,
        apply=apply_many,
        key=("party_id", "day"),
        examples=[{"party_id": 1024} | EXAMPLE],
    )
)
FIGURES_OF_MANY = register_import(
    ImportKind(
        name="activity.figures",
        title=_("Figures of creators"),
        about=_("From a file of the platform: views, GPM, prices, commission and delivery."),
        columns=FIGURE_COLUMNS,
        may=rules.can_feed_days,
        check=check_figures,
        apply=apply_figures,
        key=("party_id", "day"),
        examples=[
            {
                "party_id": 1024,
                "day": "2026-05-31",
                "videos": 320,
                "average_views": 42000,
                "live_minutes": 1800,
                "gpm_fen": 68000,
                "average_price_fen": 7900,
                "commission_bp": 2000,
                "promised": 12,
                "kept": 12,
                "deposit_fen": 50000,
            }
        ],
    )
)
