"""Parties that are rated, with what they completed of their courses."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

from portal.core import clock
from portal.evaluation import services as evaluation
from portal.evaluation.documents import MethodFields
from portal.evaluation.fields import FactFields
from portal.evaluation.models import NOTICE, Method, Snapshot
from portal.evaluation.states import Grade, SnapshotKind
from tests.evaluation.makers import SMALL, computed, method_fields
from tests.factories import SYSTEM


def attended(
    party_id: int, ends_on: date, share: float, measure: str = "course_completion"
) -> FactFields:
    """Of ten hours of courses, or of whatever the measure counts, so many percent."""
    return FactFields(
        party_id=party_id,
        measure=measure,
        value=share,
        sample=10,
        starts_on=ends_on.replace(day=1),
        ends_on=ends_on,
        grade=Grade.PLATFORM,
        ref_kind="test.row",
        ref_id="attended",
    )


def method_with_completion(code: str = "I1") -> Method:
    """Three dimensions of a few indicators, completion, or another one, among them."""
    fields = method_fields()
    kept = {*SMALL, code}
    dimensions = deepcopy(fields.document["dimensions"])
    for one in dimensions:
        one["indicators"] = [own for own in one["indicators"] if own["code"] in kept]
    document = dict(fields.document) | {"dimensions": [d for d in dimensions if d["indicators"]]}
    gathered = {code: fields.gathering["indicators"][code] for code in kept}
    gathering = dict(fields.gathering) | {"indicators": gathered}
    with clock.standing_at(clock.now() - NOTICE - timedelta(days=1)):
        draft = evaluation.draft_method(
            SYSTEM, fields=MethodFields(document, gathering, "加了培训。", "Training counts.")
        )
        begins = clock.now() + NOTICE + timedelta(hours=1)
        evaluation.announce_method(SYSTEM, method=draft, comes_into_force_at=begins)
    evaluation.bring_methods_into_force(SYSTEM)
    draft.refresh_from_db()
    return draft


def previewed(method: Method, ends_on: date) -> Snapshot:
    """Of the month that ends on the day."""
    snapshot = evaluation.start_snapshot(
        SYSTEM, method=method, kind=SnapshotKind.PREVIEW, period=f"{ends_on:%Y-%m}", ends_on=ends_on
    )
    return computed(snapshot)


def previewed_when_the_month_is_over(method: Method) -> Snapshot:
    """What was recorded up to now counts in it."""
    today = clock.today()
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    with clock.standing_at(clock.now() + (following - today) + timedelta(days=1)):
        return previewed(method, following - timedelta(days=1))
