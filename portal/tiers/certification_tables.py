"""Who holds the mark, and who applies for it, as lists that sort, filter and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.verdict import ALLOWED, Verdict
from portal.parties.models import Party
from portal.tiers import rules, tones
from portal.tiers.certification_states import CertificationStatus
from portal.tiers.models import CertificationApplication, CertificationMark, CertificationRound

FAR = date(9999, 12, 31)
RANK = pgettext_lazy("score", "Place")


def _marks(actor: Actor) -> QuerySet[CertificationMark]:
    return CertificationMark.objects.shown().whole()


def _anybody(actor: Actor) -> Verdict:
    return ALLOWED


def _years() -> Sequence[tuple[str, str]]:
    years = CertificationRound.objects.order_by("-year").values_list("year", flat=True)
    return [(str(year), str(year)) for year in years[:20]]


def _of_year(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(round__year=int(value)) if value in dict(_years()) else rows


def _of_name(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    words = value.replace("\0", "").strip()[:60]
    return rows.filter(Q(party__name__icontains=words) | Q(party__legal_name__icontains=words))


MARKS = register_table(
    TableKind(
        name="certification_marks",
        title=_("Who holds the top-100 mark"),
        url="certification_list",
        rows=_marks,
        may=_anybody,
        order="rank",
        size=50,
        filters=(
            TableFilter("year", _("Year"), _years, _of_year),
            TableFilter("q", _("Agency"), lambda: (), _of_name, is_shown=False),
        ),
        columns=(
            TableColumn("rank", RANK, lambda row: row.rank, form="num", sort="rank"),
            TableColumn(
                "agency",
                _("Agency"),
                lambda row: row.party.name,
                url=lambda row: reverse("agency_detail", args=[row.party_id]),
                note=lambda row: row.party.legal_name,
            ),
            TableColumn("city", _("City"), lambda row: row.party.city.name),
            TableColumn("year", _("Year"), lambda row: str(row.round.year), sort="round__year"),
            TableColumn("until", _("Holds until"), lambda row: row.round.valid_until, form="day"),
            TableColumn(
                "number",
                pgettext_lazy("mark", "Badge"),
                lambda row: row.number,
                url=lambda row: row.get_absolute_url(),
            ),
        ),
    )
)


def _applicants(actor: Actor) -> QuerySet[CertificationApplication]:
    """In one's regions."""
    rows = CertificationApplication.objects.visible_to(actor).whole()
    if actor.user is not None:
        rows = rows.filter(party__in=Party.objects.in_scope_of(actor.user))
    due = Coalesce("due_on", Value(FAR, output_field=DateField()))
    scored = Coalesce("score_micro", Value(-1))
    return rows.annotate(due=due, points=scored)


def _scored(name: str) -> Callable[[CertificationApplication], Any]:
    """A number behind a score; none before there is one."""
    return lambda row: getattr(row, name) if row.is_scored else None


def _of_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(status=value)


APPLICANTS = register_table(
    TableKind(
        name="certification_applicants",
        title=_("Applicants for the top-100 mark"),
        url="certification_desk",
        rows=_applicants,
        may=rules.can_see_certification_desk,
        order="-points",
        filters=(
            TableFilter("round", _("Year"), _years, _of_year),
            TableFilter(
                "status",
                _("Status"),
                lambda: [one for one in CertificationStatus.choices if one[0] != "draft"],
                _of_status,
            ),
        ),
        columns=(
            TableColumn(
                "agency",
                _("Agency"),
                lambda row: row.party.name,
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn("year", _("Year"), lambda row: str(row.round.year), is_shown=False),
            TableColumn(
                "score",
                _("Score"),
                lambda row: "" if row.score is None else f"{row.score:.2f}",
                sort="points",
            ),
            TableColumn("rank", RANK, lambda row: row.rank, form="num"),
            TableColumn(
                "net", _("Settled net GMV"), _scored("net_fen"), form="money", sort="net_fen"
            ),
            TableColumn(
                "income",
                _("Median creator income"),
                _scored("median_income_fen"),
                form="money",
                sort="median_income_fen",
            ),
            TableColumn(
                "health",
                _("Health"),
                lambda row: f"{row.health / 100:g}" if row.is_scored else "",
                sort="health",
            ),
            TableColumn(
                "incubated",
                _("Newcomers brought up"),
                _scored("incubated"),
                form="num",
                sort="incubated",
            ),
            TableColumn("due", _("To be done by"), lambda row: row.due_on, form="day", sort="due"),
            TableColumn(
                "status",
                _("Status"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: tones.CERTIFICATION.get(row.status, ""),
            ),
        ),
    )
)
