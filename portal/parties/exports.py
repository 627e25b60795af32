"""An agency's roster as a table, as its page was narrowed and ordered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties import selectors
from portal.parties.models import Party
from portal.parties.models.roster import RosterQuerySet
from portal.parties.states import PartyKind

COLUMNS = (
    *(_("Creator"), _("Douyin account"), _("Phone"), _("First day"), _("Last day")),
    *(_("Invited at"), _("Reminders"), _("State")),
)


def can_export_roster(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.AGENCY:
        return forbidden(_("Only an agency has a roster."))
    return ALLOWED


def clean(params: Params) -> Params:
    view, sort = str(params.get("view", "")), str(params.get("sort", ""))
    return {
        "view": view if view in selectors.VIEWS else next(iter(selectors.VIEWS)),
        "q": str(params.get("q", ""))[:80],
        "sort": sort if sort in selectors.ROSTER_ORDERS else next(iter(selectors.ROSTER_ORDERS)),
    }


def _asked(actor: Actor, params: Params) -> RosterQuerySet:
    """What this person may see of the roster of the party they act for."""
    agency = cast("Party", actor.party)  # `may` saw one
    seen = selectors.roster_of(actor, agency)
    return selectors.search_roster(seen, view=params["view"], words=params["q"])


def _rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    field, ascends = selectors.ROSTER_ORDERS[params["sort"]]
    sign = "" if ascends else "-"
    for entry in _asked(actor, params).order_by(f"{sign}{field}", f"{sign}pk").iterator():
        yield (
            *(entry.title, entry.account, entry.masked_phone, entry.starts_on, entry.last_day),
            *(entry.invited_at, entry.reminders, str(entry.get_status_display())),
        )


register_export(
    ExportKind(
        name="parties.roster",
        title=_("Roster"),
        columns=COLUMNS,
        may=can_export_roster,
        rows=_rows,
        clean=clean,
        total=lambda actor, params: _asked(actor, params).count(),
    )
)
