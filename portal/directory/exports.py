"""A narrowed directory as a table: what everybody may see of each party, in the order shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.directory.doors import DOORS
from portal.directory.filters import Filters, plain_query
from portal.directory.results import sorts_of
from portal.directory.rules import can_export_directory
from portal.directory.search import Edge, count, find, order_of
from portal.parties.models import Party
from portal.parties.models.listing import NOT_RATED
from portal.parties.selectors import whole_parties
from portal.parties.states import PartyKind

BATCH = 200
DAILY_ROWS, PARTY_DAILY_ROWS = 2_000, 5_000
COLUMNS = (
    *(_("Short name"), _("Registered name"), _("City"), _("Categories"), _("Evaluation score")),
    *(_("Verified since"), _("Introduction"), _("Page")),
)
OFFER_COLUMNS = (
    *(_("Services"), _("On site in"), _("Works remotely")),
    *(_("Monthly fee from (¥)"), _("Monthly fee to (¥)")),
)


def clean(kind: str, params: Params) -> Params:
    """`asked`: filters as in an address; `sort`. What the directory does not know is dropped."""
    sort = str(params.get("sort", ""))
    asked = dict(QueryDict(str(params.get("asked", ""))).lists())
    return {
        "asked": plain_query(Filters(kind, asked)),
        "sort": sort if sort in (known := sorts_of(kind)) else next(iter(known)),
    }


def filters_of(kind: str, params: Params) -> Filters:
    return Filters(kind, dict(QueryDict(params["asked"]).lists()))


def total(kind: str, _actor: Actor, params: Params) -> int:
    return count(filters_of(kind, params).question()).total


def rows(kind: str, _actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    filters = filters_of(kind, params)
    question, order = filters.question(), order_of(params["sort"], filters.service)
    edge: Edge | None = None
    has_more = True
    while has_more:
        found = find(question, order, edge=edge, size=BATCH)
        listed = whole_parties().select_related("listing").listed().in_bulk(found.keys)
        yield from (_row(listed[key]) for key in found.keys if key in listed)
        has_more, edge = found.has_more, found.edges[-1] if found.edges else None


def _row(party: Party) -> list[Any]:
    score = party.listing.score
    row = [
        party.name,
        "" if party.kind == PartyKind.CREATOR else party.legal_name,
        party.city.name,
        "; ".join(f"{s.category.name} {s.share}%" for s in party.category_shares.all()),
        "" if score == NOT_RATED else score / 100,
        party.verified_at.date() if party.verified_at else "",
        party.public_intro,
        f"{settings.SITE_URL}/{DOORS[party.kind].path}/{party.pk}/",
    ]
    return [*row, *_offer(party)] if party.kind == PartyKind.PROVIDER else row


def _offer(party: Party) -> list[Any]:
    profile = party.profile
    return [
        "; ".join(service.name for service in profile.services.all()),
        "; ".join(city.name for city in profile.cities.all()),
        str(_("Yes") if profile.works_remotely else _("No")),
        profile.price_low_fen / 100,
        profile.price_high_fen / 100,
    ]


for door in DOORS.values():
    register_export(
        ExportKind(
            name=f"directory.{door.path}",
            title=door.title,
            columns=[*COLUMNS, *(OFFER_COLUMNS if door.kind == PartyKind.PROVIDER else ())],
            rows=partial(rows, door.kind),
            may=can_export_directory,
            daily_rows=DAILY_ROWS,
            party_daily_rows=PARTY_DAILY_ROWS,
            clean=partial(clean, door.kind),
            total=partial(total, door.kind),
        )
    )
