"""An agency's roster, sorted, narrowed, with the columns a person chose, and as a file."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Value
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties import rules, selectors, states
from portal.parties.models import RosterEntry
from portal.parties.states import PartyKind, RosterStatus

VIEWS = tuple(selectors.VIEWS)
TONES = {
    RosterStatus.INVITED: "info",
    RosterStatus.ACTIVE: "ok",
    RosterStatus.LEAVING: "warn",
}


def can_see_roster(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.AGENCY:
        return forbidden(_("Only an agency has a roster."))
    return ALLOWED


def _own_roster(actor: Actor) -> Any:
    """What this person may see of it; `is_managed`: whether they remind."""
    if actor.party is None:
        return RosterEntry.objects.none()
    manages = Value(actor.role in states.MANAGING, output_field=BooleanField())
    return selectors.roster_of(actor, actor.party).annotate(is_managed=manages)


def _page(actor: Actor) -> str:
    return reverse("roster_list", args=[actor.party_id])


def _remind(entry: Any) -> str:
    return _now("Remind") if entry.is_managed and rules.may_be_reminded(entry) else ""


def _reminders(entry: RosterEntry) -> str:
    return f"{entry.reminders} / {rules.MOST_REMINDERS}"


def _why_not(entry: Any) -> str:
    """How often one who waits was reminded, or why they are not reminded again."""
    if not entry.is_managed or entry.status != RosterStatus.INVITED:
        return ""
    return str(rules.may_be_reminded(entry).reason) or _reminders(entry)


def _search(rows: Any, words: str) -> Any:
    return selectors.search_roster(rows, words=words)


ROSTER = register_table(
    TableKind(
        name="roster",
        title=_("Roster"),
        url=_page,
        rows=_own_roster,
        may=can_see_roster,
        order="-invited_at",
        filters=(
            TableFilter(
                "view",
                _("Which entries"),
                lambda: [(name, name) for name in VIEWS],
                lambda rows, view: rows.filter(status__in=selectors.VIEWS.get(view, ())),
                is_shown=False,
            ),
            TableFilter(
                "q",
                _("Search"),
                tuple,
                lambda rows, words: _search(rows, words[:80]),
                is_shown=False,
            ),
        ),
        columns=(
            TableColumn(
                "name",
                _("Creator"),
                lambda row: row.title,
                sort="name",
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn("account", _("Douyin account"), lambda row: row.account, sort="account"),
            TableColumn("phone", _("Phone"), lambda row: row.masked_phone),
            TableColumn(
                "city",
                _("City"),
                lambda row: row.creator.city.name if row.creator else "",
                is_shown=False,
            ),
            TableColumn("starts", _("First day"), lambda row: row.starts_on, form="day"),
            TableColumn("ends", _("Last day"), lambda row: row.last_day, form="day"),
            TableColumn(
                "invited", _("Invited"), lambda row: row.invited_at, form="day", sort="invited_at"
            ),
            TableColumn(
                "answered",
                _("Answered"),
                lambda row: row.answered_at,
                form="day",
                is_shown=False,
            ),
            TableColumn(
                "shown",
                _("Named on your page"),
                lambda row: _now("Yes") if row.is_shown else _now("No"),
                is_shown=False,
            ),
            TableColumn(
                "reminders",
                _("Reminders"),
                _reminders,
                sort="reminders",
                is_shown=False,
            ),
            TableColumn(
                "remind",
                _("Next step"),
                _remind,
                form="post",
                url=lambda row: reverse("roster_reminder", args=[row.pk]),
                note=_why_not,
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: TONES.get(row.status, ""),
            ),
        ),
    )
)
