"""Facts that cooperations make for the evaluation, by a sweep that takes what made none yet.

- *Merchant served*: each month in which the work ran.
- *Renewal*: a cooperation that ended is renewed if the same two sides agreed on another one before
  60 days were over; until then nothing is known, unless they have already.
- *Review*: the merchant's word once it is shown. It counts from cooperations of some days, which
  the rules against gaming see to; it is given only where something was paid.
- *Target*: what the provider owed by a day. Confirmed and done in time is 100; late, or not done
  until 30 days later or the end of the cooperation, is 0. What was waived or declined is nothing.
- *Dispute*: of each month in which the work ran, a hundred times the disputes that the merchant
  opened in it and that gave something back. It is known once the month is over and none of its
  disputes is open; what was taken back, or decided for the hired side, counts for nothing. Of
  agencies, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation, Obligation, Review
from matchmaking.cooperation.states import OVER, CooperationStatus, DisputeStatus, ObligationStatus
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import declared_services, refs_of, services_meant, unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind

MONTH, RENEWAL = "cooperation.month", "cooperation.renewal"
REVIEW, TARGET = "cooperation.review", "cooperation.obligation"
DISPUTES = "cooperation.disputes"
MONTHS_BACK = 4  # a dispute may take two with its second look
RENEWED_WITHIN = timedelta(days=60)
GIVEN_UP_AFTER = timedelta(days=30)
BACK = timedelta(days=400)
MOST = 2_000  # rows in one sweep; the next takes the others


@dataclass(frozen=True, slots=True)
class Seen:
    """Something of a cooperation that makes a fact."""

    measure: str
    ref_kind: str
    ref_id: str
    cooperation: Cooperation
    value: float
    starts_on: date
    ends_on: date
    detail: dict[str, Any] = field(default_factory=dict)


def record_cooperation_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=cooperation_facts(), once=True)


def cooperation_facts(months: int = 0) -> list[FactFields]:
    """Of what made none yet. `months`: so many before this one are told, too, of work that ran in
    them: for a past that is told at once."""
    back = max(months, MONTHS_BACK)
    seen = [*_months(), *_past_months(months), *_renewals(), *_reviews(), *_targets()]
    return list(_facts([*seen, *_disputes(back)]))


def _months() -> Iterator[Seen]:
    """The current month of what runs today."""
    today = clock.today()
    month = today.strftime("%Y-%m")
    rows = _provided(Cooperation.objects.filter(status=CooperationStatus.ACTIVE))
    new = unrecorded(rows, measure="merchant_served", ref_kind=MONTH, tail=f":{month}")
    for one in _whole(new):
        first = max(today.replace(day=1), min(clock.day_of(one.began_at), today))
        yield Seen("merchant_served", MONTH, f"{one.pk}:{month}", one, 1.0, first, today)


def _past_months(count: int) -> Iterator[Seen]:
    for first, last in _whole_months(count):
        month = first.strftime("%Y-%m")
        ran = _provided(_ran_between(first, last))
        new = unrecorded(ran, measure="merchant_served", ref_kind=MONTH, tail=f":{month}")
        for one in _whole(new):
            began = max(first, clock.day_of(one.began_at))
            yield Seen("merchant_served", MONTH, f"{one.pk}:{month}", one, 1.0, began, last)


def _renewals() -> Iterator[Seen]:
    another = Cooperation.objects.filter(
        merchant=OuterRef("merchant"),
        provider=OuterRef("provider"),
        agreed_at__gte=OuterRef("began_at"),
        agreed_at__lte=OuterRef("ended_at") + RENEWED_WITHIN,
    ).exclude(pk=OuterRef("pk"))
    begun = Cooperation.objects.filter(status__in=OVER, began_at__isnull=False)
    over = _provided(begun.filter(ended_at__gte=clock.now() - BACK))
    known = over.annotate(is_renewed=Exists(another)).filter(
        Q(is_renewed=True) | Q(ended_at__lt=clock.now() - RENEWED_WITHIN)
    )
    for one in _whole(unrecorded(known, measure="renewal", ref_kind=RENEWAL)):
        ended = clock.day_of(one.ended_at)
        known_on = min(ended if one.is_renewed else ended + RENEWED_WITHIN, clock.today())
        value = 100.0 if one.is_renewed else 0.0
        yield Seen("renewal", RENEWAL, str(one.pk), one, value, ended, known_on)


def _reviews() -> Iterator[Seen]:
    shown = Review.objects.published().filter(
        about__kind=PartyKind.PROVIDER, about=F("cooperation__provider")
    )
    shown = shown.filter(published_at__gte=clock.now() - BACK)
    for review in _of_cooperations(unrecorded(shown, measure="satisfaction", ref_kind=REVIEW)):
        one = review.cooperation
        first, last = clock.day_of(one.began_at), clock.day_of(one.ended_at)
        yield Seen(
            "satisfaction",
            REVIEW,
            str(review.pk),
            one,
            round(review.stars, 4),
            min(first, last),
            clock.day_of(review.published_at),
            {"cooperation_days": (last - first).days},
        )


def _targets() -> Iterator[Seen]:
    owed = Obligation.objects.filter(
        owed_by=F("cooperation__provider"),
        cooperation__provider__kind=PartyKind.PROVIDER,
        due_on__gte=clock.today() - BACK,
    )
    given_up = Q(due_on__lt=clock.today() - GIVEN_UP_AFTER) | Q(
        cooperation__status__in=OVER, due_on__lt=clock.today()
    )
    judged = owed.filter(
        Q(status=ObligationStatus.CONFIRMED) | Q(status=ObligationStatus.OPEN) & given_up
    )
    for duty in _of_cooperations(unrecorded(judged, measure="target", ref_kind=TARGET)):
        is_kept = duty.status == ObligationStatus.CONFIRMED and not duty.days_late
        settled = clock.day_of(duty.settled_at) if duty.settled_at else clock.today()
        first = min(clock.day_of(duty.created_at), settled)
        value = 100.0 if is_kept else 0.0
        yield Seen("target", TARGET, str(duty.pk), duty.cooperation, value, first, settled)


def _whole_months(count: int) -> Iterator[tuple[date, date]]:
    """The first and the last day of so many before this one, backwards."""
    end = clock.today().replace(day=1)
    for _number in range(count):
        last = end - timedelta(days=1)
        end = last.replace(day=1)
        yield end, last


def _ran_between(first: date, last: date) -> QuerySet[Cooperation]:
    since = datetime.combine(first, time(), clock.SHANGHAI)
    until = datetime.combine(last + timedelta(days=1), time(), clock.SHANGHAI)
    ran = Q(ended_at=None) | Q(ended_at__gte=since)
    return Cooperation.objects.filter(ran, began_at__lt=until)


def _disputes(months: int) -> Iterator[Seen]:
    """Of the months that are over; of the one that runs nothing is known yet."""
    found = [
        (one, first, last)
        for first, last in _whole_months(months)
        for one in _with_disputes(first, last)
    ]
    prefetch_related_objects([one for one, _first, _last in found], "services")
    for one, first, last in found:
        began = max(first, min(clock.day_of(one.began_at), last))
        ref = f"{one.pk}:{first:%Y-%m}"
        yield Seen("disputes", DISPUTES, ref, one, 100.0 * one.upheld, began, last)


def _with_disputes(first: date, last: date) -> list[Any]:
    """What ran between the two days and has no open dispute of then, with how many were upheld."""
    since = datetime.combine(first, time(), clock.SHANGHAI)
    until = datetime.combine(last + timedelta(days=1), time(), clock.SHANGHAI)
    opened = Q(disputes__opened_at__gte=since, disputes__opened_at__lt=until)
    closed = Q(disputes__status=DisputeStatus.CLOSED, disputes__returned_bp__gt=0)
    ran = _ran_between(first, last)
    rated = ran.filter(provider__kind__in=[PartyKind.PROVIDER, PartyKind.AGENCY])
    counted = rated.annotate(
        waiting=Count("disputes", filter=opened & Q(disputes__closed_at=None)),
        upheld=Count("disputes", filter=opened & closed & Q(disputes__opened_by=F("merchant"))),
    ).filter(waiting=0)
    tail = f":{first:%Y-%m}"
    new = unrecorded(counted, measure="disputes", ref_kind=DISPUTES, tail=tail)
    return list(new.order_by("pk").select_related("provider")[:MOST])


def _provided(rows: QuerySet[Cooperation]) -> QuerySet[Cooperation]:
    return rows.filter(provider__kind=PartyKind.PROVIDER)


def _whole(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.order_by("pk").select_related("provider").prefetch_related("services")[:MOST])


def _of_cooperations(rows: QuerySet[Any]) -> list[Any]:
    whole = rows.order_by("pk").select_related("cooperation__provider")
    return list(whole.prefetch_related("cooperation__services")[:MOST])


def _facts(seen: list[Seen]) -> Iterator[FactFields]:
    """One for each service of the cooperation that the provider offers."""
    declared = declared_services({one.cooperation.provider_id for one in seen})
    for one in seen:
        cooperation = one.cooperation
        agreed = [service.pk for service in cooperation.services.all()]
        is_provider = cooperation.provider.kind == PartyKind.PROVIDER
        meant = services_meant(declared, cooperation.provider_id, agreed)
        services = meant if is_provider else [None]
        for service_id, ref_id in refs_of(one.ref_id, services):
            yield FactFields(
                party_id=cooperation.provider_id,
                measure=one.measure,
                value=one.value,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                grade=Grade.CONFIRMED,
                ref_kind=one.ref_kind,
                ref_id=ref_id,
                counterpart_id=cooperation.merchant_id,
                service_id=service_id,
                detail=one.detail,
            )


# --- the rows behind them -------------------------------------------------------------------------


def _cooperation_url(actor: Actor, ref_id: str) -> str | None:
    key = ref_id.partition(":")[0]
    rows = Cooperation.objects.visible_to(actor)
    one = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    return one.get_absolute_url() if one else None


def _review_url(actor: Actor, ref_id: str) -> str | None:
    return _url_of(Review.objects.visible_to(actor), ref_id)


def _obligation_url(actor: Actor, ref_id: str) -> str | None:
    return _url_of(Obligation.objects.visible_to(actor), ref_id)


def _url_of(rows: QuerySet[Any], ref_id: str) -> str | None:
    key = _uuid(ref_id.partition(":")[0])
    row = rows.filter(pk=key).select_related("cooperation").first() if key else None
    return row.cooperation.get_absolute_url() if row else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


register_row_link(MONTH, _cooperation_url, _("Cooperation"))
register_row_link(DISPUTES, _cooperation_url, _("Month of a cooperation"))
register_row_link(RENEWAL, _cooperation_url, _("Cooperation that ended"))
register_row_link(REVIEW, _review_url, _("Review"))
register_row_link(TARGET, _obligation_url, _("Obligation"))
