"""Files of daily figures: a party's own, and an operator's for many parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from portal.activity import rules, services
from portal.activity.fields import MOST, DayFields
from portal.activity.states import Source
from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, whole, yes_no
from portal.core.verdict import Flaw
from portal.parties.models import Party

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
