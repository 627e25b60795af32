"""A party's facts as a list that sorts, filters and exports; others' names stay closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core import clock
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.evaluation import rules, selectors
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact
from portal.evaluation.states import COUNTED, Grade

TONES = {Grade.SELF_REPORTED: "warn", Grade.CONFIRMED: "ok", Grade.PLATFORM: "info"}
STANDINGS: Sequence[tuple[str, str | Promise]] = (
    ("counted", pgettext_lazy("fact", "Counted")),
    ("struck", _("Taken out by a rule")),
    ("own_word", _("Own word only")),
    ("replaced", _("Corrected or taken back")),
)
PERIODS: Sequence[tuple[str, str | Promise]] = (
    ("90", _("Last 90 days")),
    ("365", _("Last 12 months")),
)


def standing_filter(rows: QuerySet[Fact], value: str) -> QuerySet[Fact]:
    in_force = Q(correction__isnull=True, is_void=False)
    if value == "counted":
        return rows.filter(in_force, grade__in=COUNTED, strike="")
    if value == "struck":
        return rows.filter(in_force).exclude(strike="")
    if value == "own_word":
        return rows.filter(in_force, strike="").exclude(grade__in=COUNTED)
    return rows.exclude(in_force) if value == "replaced" else rows


def _since(rows: QuerySet[Fact], value: str) -> QuerySet[Fact]:
    known = dict(PERIODS)
    if value not in known:
        return rows
    return rows.filter(ends_on__gt=clock.today() - timedelta(days=int(value)))


def _own(actor: Actor) -> QuerySet[Fact]:
    return Fact.objects.visible_to(actor).select_related("service", "correction")


def _measures() -> list[tuple[str, str | Promise]]:
    return [(name, measure.title) for name, measure in MEASURES.items()]


def _address(fact: Fact) -> str:
    return reverse("fact_detail", args=[fact.pk])


FACTS = register_table(
    TableKind(
        name="evaluation.facts",
        title=pgettext_lazy("evaluation", "Facts"),
        url="fact_list",
        rows=_own,
        may=rules.can_list_facts,
        order="-ends_on",
        filters=(
            TableFilter(
                "measure",
                _("Measure"),
                _measures,
                lambda rows, value: rows.filter(measure=value),
            ),
            TableFilter("period", _("Period"), lambda: PERIODS, _since),
            TableFilter("standing", _("Standing"), lambda: STANDINGS, standing_filter),
        ),
        columns=(
            TableColumn(
                "measure",
                _("Measure"),
                lambda fact: selectors.title_of(fact),
                sort="measure",
                url=_address,
                note=lambda fact: fact.service.name if fact.service else "",
            ),
            TableColumn(
                "value",
                _("Value"),
                lambda fact: selectors.written_value(fact),
                sort="value",
                plain=lambda fact: fact.value,
            ),
            TableColumn("sample", _("Sample"), lambda fact: fact.sample, form="num", sort="sample"),
            TableColumn("counterpart", _("Evidence of"), lambda fact: selectors.pseudonym_of(fact)),
            TableColumn(
                "ends_on",
                pgettext_lazy("fact", "Until"),
                lambda fact: fact.ends_on,
                form="day",
                sort="ends_on",
            ),
            TableColumn(
                "starts_on",
                _("From"),
                lambda fact: fact.starts_on,
                form="day",
                sort="starts_on",
                is_shown=False,
            ),
            TableColumn(
                "grade",
                _("Source"),
                lambda fact: fact.get_grade_display(),
                form="tag",
                sort="grade",
                tone=lambda fact: TONES.get(fact.grade, ""),
            ),
            TableColumn(
                "recorded_at",
                _("Recorded"),
                lambda fact: fact.recorded_at,
                form="moment",
                sort="recorded_at",
                is_shown=False,
            ),
            TableColumn(
                "standing",
                _("Standing"),
                lambda fact: selectors.standing_of(fact).label,
                form="tag",
                tone=lambda fact: selectors.standing_of(fact).tone,
            ),
        ),
    )
)
