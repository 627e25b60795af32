"""Lists of introductions, and of needs that stand still, that sort, filter and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage import rules, selectors, states
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.templatetags.ui import due_tone

TONES = {
    "asked": "info",
    "taken": "info",
    "offered": "warn",
    "agreed": "ok",
    "signed": "ok",
    "succeeded": "ok",
    "failed": "bad",
    "refused": "bad",
}


def _own_introductions(actor: Actor) -> Any:
    """With the name of the side that is not the acting party."""
    other = Case(
        When(asker=actor.party_id, then=F("creator__name")),
        default=F("asker__name"),
        output_field=CharField(),
    )
    return selectors.introductions_of(actor).annotate(other_name=other)


INTRODUCTIONS = register_table(
    TableKind(
        name="introductions",
        title=_("Introductions"),
        url="introduction_list",
        rows=_own_introductions,
        may=rules.can_list_introductions,
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: states.IntroductionStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
        ),
        columns=(
            TableColumn(
                "subject",
                _("Subject"),
                lambda row: row.subject,
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn("other", _("Other side"), lambda row: row.other_name, sort="other_name"),
            TableColumn(
                "budget", _("Budget"), lambda row: row.budget_fen, form="money", sort="budget_fen"
            ),
            TableColumn(
                "wanted",
                _("Answer wanted by"),
                lambda row: row.wanted_by,
                form="day",
                sort="wanted_by",
                tone=lambda row: due_tone(row.wanted_by) if row.waits_for_answer else "",
            ),
            TableColumn(
                "asked",
                _("Asked"),
                lambda row: row.created_at,
                form="moment",
                sort="created_at",
                is_shown=False,
            ),
            TableColumn(
                "changed",
                _("Changed"),
                lambda row: row.changed_at,
                form="moment",
                sort="changed_at",
            ),
            TableColumn(
                "signed", _("Signed"), lambda row: row.signed_on, form="day", is_shown=False
            ),
            TableColumn(
                "gmv", _("GMV reported"), lambda row: row.gmv_fen, form="money", is_shown=False
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


# --- needs that stand still -----------------------------------------------------------------------


def _still(actor: Actor) -> Any:
    """With when something last happened to each."""
    since = Coalesce("last_submitted", "last_invited", "published_at")
    return selectors.still_needs(actor).annotate(since=since)


STILL_NEEDS = register_table(
    TableKind(
        name="still_needs",
        title=_("Needs that stand still"),
        url="still_list",
        rows=_still,
        may=rules.can_nudge,
        order="since",
        filters=(
            TableFilter(
                "stage",
                _("Stands at"),
                lambda: [
                    (stage.value, f"{stage.label} · {states.STILL_AFTER[stage]}")
                    for stage in states.Stage
                ],
                lambda rows, value: rows.filter(selectors.stuck(value)),
            ),
        ),
        columns=(
            TableColumn(
                "title",
                _("Need"),
                lambda row: row.title,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.number,
            ),
            TableColumn("merchant", _("Merchant"), lambda row: row.merchant.name),
            TableColumn("city", _("City"), lambda row: row.merchant.city.name, is_shown=False),
            TableColumn("stage", _("Stands at"), lambda row: selectors.stage_of(row).label),
            TableColumn(
                "since", _("Waiting since"), lambda row: row.since, form="day", sort="since"
            ),
            TableColumn(
                "closes",
                _("Closes"),
                lambda row: row.closes_on,
                form="day",
                sort="closes_on",
                tone=lambda row: due_tone(row.closes_on),
            ),
            TableColumn("reminded", _("Reminded"), lambda row: row.last_nudged, form="day"),
            TableColumn(
                "remind",
                _("Remind"),
                lambda row: _now("Remind"),
                form="post",
                url=lambda row: reverse("need_nudge", args=[row.pk]),
            ),
        ),
    )
)
