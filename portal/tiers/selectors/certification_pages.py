"""The mark as its pages say it: which round is near, what a method weighs, how far one is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, When
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.web import whole_number
from portal.evaluation.units import unit_label
from portal.tiers.certification_states import (
    CertificationStatus,
)
from portal.tiers.models import (
    CertificationApplication,
    CertificationMark,
    CertificationMethod,
    CertificationRound,
)

C = CertificationStatus
SHOWN_MARKS = 10


def near_certification_round() -> CertificationRound | None:
    """The one that is open, else the one that is judged or comes next; else the last one."""
    today, year = clock.today(), F("year")
    is_judged = Q(closes_on__lt=today, published_at=None)
    place = Case(
        When(opens_on__lte=today, closes_on__gte=today, then=0),
        When(is_judged, then=1),
        When(opens_on__gt=today, then=2),
        default=3,
    )
    nearest = Case(When(opens_on__gt=today, then=year), default=-year)
    return CertificationRound.objects.whole().order_by(place, nearest).first()


def desk_round(asked: str) -> CertificationRound | None:
    """The one that is asked for by its year, or the near one."""
    year = whole_number(asked)
    found = (
        CertificationRound.objects.whole().filter(year=year).first() if 0 < year < 9999 else None
    )
    return found or near_certification_round()


def newest_certification_method() -> CertificationMethod | None:
    return CertificationMethod.objects.approved().order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Weight:
    """A dimension of the method: its share of 100 points, and between which numbers it counts."""

    name: str
    weight: float
    indicator: str
    lower: float
    upper: float
    unit: str


def weights_of(method: CertificationMethod) -> list[Weight]:
    parsed, language = method.parsed, _language()
    total = sum(one.weight for one in parsed.dimensions)
    return [
        Weight(
            name=one.name.get(language, one.code),
            weight=100 * one.weight / total,
            indicator=one.indicators[0].name.get(language, one.code),
            lower=one.indicators[0].goalposts[0],
            upper=one.indicators[0].goalposts[-1],
            unit=str(unit_label(one.indicators[0].unit)),
        )
        for one in parsed.dimensions
    ]


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


def written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def marks_by_year() -> list[tuple[int, int]]:
    """How many are on the public list of each year, the newest first."""
    rows = CertificationMark.objects.shown().order_by().values("round__year")
    counted = rows.annotate(n=Count("pk")).order_by("-round__year")
    return [(row["round__year"], row["n"]) for row in counted]


def newest_marks() -> Sequence[CertificationMark]:
    """The first of the newest list."""
    newest = CertificationRound.objects.published().order_by("-year").first()
    rows = CertificationMark.objects.shown().whole().filter(round=newest)
    return list(rows.order_by("rank", "pk")[:SHOWN_MARKS])


ORDER = (
    (C.DRAFT,),
    (C.SUBMITTED, C.NEED_INFO),
    (C.CHECKED,),
    (C.SCORED, C.REVIEWING),
    (C.PASSED, C.WAITING, C.GRANTED, C.REFUSED, C.LAPSED, C.EXPIRED),
)


def certification_steps(application: CertificationApplication) -> list[dict[str, str]]:
    """The known way, and where this one stands on it."""
    labels = (
        pgettext("mark", "Written"),
        _("Documents checked"),
        _("Scored"),
        _("Reviewed by two"),
        pgettext("mark", "Result"),
    )
    at = next((n for n, some in enumerate(ORDER) if application.status in some), -1)
    is_over = application.decided_at is not None and application.status != C.PASSED
    left_out = () if application.is_scored or not is_over else (2, 3)  # refused for its documents
    done = {n for n in range(len(labels)) if n < at or (n == at and is_over)}.difference(left_out)
    return [
        {"label": label, "state": "done" if n in done else "current" if n == at else ""}
        for n, label in enumerate(labels)
    ]


def counts_of_round(round_: CertificationRound) -> list[dict[str, Any]]:
    """What its applicants came to, for the operators."""
    rows = CertificationApplication.objects.filter(round=round_).exclude(status=C.DRAFT)
    counted = rows.aggregate(
        all=Count("pk"),
        check=Count("pk", filter=Q(status__in=[C.SUBMITTED, C.NEED_INFO])),
        score=Count("pk", filter=Q(status=C.CHECKED)),
        review=Count("pk", filter=Q(status__in=[C.SCORED, C.REVIEWING])),
        passed=Count("pk", filter=Q(status__in=[C.PASSED, C.WAITING, C.GRANTED])),
    )
    labels = {
        "all": pgettext("mark", "Applied"),
        "check": _("Documents to check"),
        "score": _("To be scored"),
        "review": _("To be reviewed"),
        "passed": _("Passed"),
    }
    found = [{"label": label, "value": counted[name]} for name, label in labels.items()]
    held = {"value": round_.granted, "unit": f"/ {round_.places}"}
    return [*found, {"label": _("Places held"), **held}]


def mark_of(party_id: int) -> CertificationMark | None:
    """The newest it holds today."""
    held = CertificationMark.objects.held().whole().filter(party=party_id)
    return held.order_by("-round__year").first()


def mark_years_of(parties: Iterable[int]) -> dict[int, int]:
    """By agency, the year of the mark it holds; who holds none is left out."""
    rows = CertificationMark.objects.held().filter(party__in=list(parties))
    return dict(rows.order_by("round__year").values_list("party", "round__year"))


def open_certification(
    actor: Actor, round_: CertificationRound | None = None
) -> CertificationApplication | None:
    """The agency's own in this round, or in the near one."""
    round_ = round_ or near_certification_round()
    rows = CertificationApplication.objects.visible_to(actor).whole()
    return rows.filter(party=actor.party_id, round=round_).first()
