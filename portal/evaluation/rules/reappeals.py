"""When a number that was contested and answered may be contested again in the same period.

A preview that is made again has numbers of its own, and the days for appeals run on from its first
revision. So that the same dispute is not filed twice, a second appeal takes new data: some row
behind the number, other than those that answers to appeals against it brought in, was recorded
after the contested revision was gathered and is in this one. The party's own word is no such row.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.evaluation.gathering import parse_gathering
from portal.evaluation.models import Appeal, Fact, Rating
from portal.evaluation.states import COUNTED, AppealStatus


def may_appeal_again(rating: Rating, indicator: str) -> Verdict:
    """Of earlier revisions of the same preview; one of this very rating is another matter."""
    earlier = _earlier(rating, indicator).select_related("rating__snapshot")
    last = earlier.order_by("-filed_at").first()
    if last is None:
        return ALLOWED
    if last.is_running:
        return conflict(
            _("An appeal against this number of an earlier revision is being answered still.")
        )
    if not _has_other_rows(rating, indicator, last, earlier):
        return conflict(
            _(
                "This number was contested and answered in this period. It may be contested again "
                "once other rows behind it have changed."
            )
        )
    return ALLOWED


def _earlier(rating: Rating, indicator: str) -> QuerySet[Appeal]:
    snapshot = rating.snapshot
    return Appeal.objects.filter(
        party=rating.party_id,
        indicator=indicator,
        rating__service=rating.service_id,
        rating__snapshot__method=snapshot.method_id,
        rating__snapshot__kind=snapshot.kind,
        rating__snapshot__period=snapshot.period,
        rating__snapshot__revision__lt=snapshot.revision,
    ).exclude(status=AppealStatus.WITHDRAWN)


def _has_other_rows(
    rating: Rating, indicator: str, last: Appeal, earlier: QuerySet[Appeal]
) -> bool:
    snapshot = rating.snapshot
    gathering = parse_gathering(snapshot.method.gathering)
    own = [pk for pk in earlier.values_list("correction", flat=True) if pk is not None]
    rows = Fact.objects.filter(
        Q(party=rating.party_id) | Q(party__merged_into=rating.party_id),
        measure=gathering.gatherers[indicator].measure,
        grade__in=COUNTED,
        ends_on__gt=gathering.since(snapshot.ends_on),
        ends_on__lte=snapshot.ends_on,
        recorded_at__gt=last.rating.snapshot.cut,
        recorded_at__lte=snapshot.cut,
    )
    if rating.service_id is not None:
        rows = rows.filter(Q(service=None) | Q(service=rating.service_id))
    return rows.exclude(pk__in=own).exists()
