"""What samples leave behind on both sides: who sends in time, who shows in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from matchmaking.catalogue.models import Product, ProductQuerySet
from matchmaking.cooperation.models import Cooperation
from matchmaking.samples.models import Sample, SampleQuerySet
from matchmaking.samples.states import SampleStatus
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.parties.models import Party
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """`due`: how many had a deadline that is over or was kept; `in_time`: of these."""

    due: int
    in_time: int

    @property
    def rate_bp(self) -> int | None:
        """None where nothing was due yet."""
        return self.in_time * 10_000 // self.due if self.due else None


JUDGED = (SampleStatus.POSTED, SampleStatus.OVERDUE)
ENDED_ON = TruncDate("ended_at", tzinfo=SHANGHAI)
SENT = Q(shipped_at__isnull=False)
NEVER_SENT = Q(shipped_at=None, status=SampleStatus.WITHDRAWN, over__gt=F("ship_by"))
POSTED_ON = TruncDate("posted_at", tzinfo=SHANGHAI)
SENT_ON = TruncDate("shipped_at", tzinfo=SHANGHAI)


def samples_of(actor: Actor) -> SampleQuerySet:
    both = Sample.objects.visible_to(actor)
    return both.select_related("cooperation__merchant", "cooperation__provider")


def products_to_try(cooperation: Cooperation) -> ProductQuerySet:
    """Those the cooperation is about; where it names none, what the merchant has on offer."""
    offered = Product.objects.nameable(cooperation.merchant_id)
    named = cooperation.products.all()
    return offered.filter(pk__in=named.values("pk")) if named.exists() else offered


def record_of(party: Party) -> SampleRecord:
    """A merchant's: sent in time. Anybody else's: shown in time."""
    if party.kind == PartyKind.MERCHANT:
        return _sent(Sample.objects.of_merchant(party))
    return _posted(Sample.objects.of_receiver(party))


def shown_in_time(party_ids: Iterable[int]) -> dict[int, SampleRecord]:
    """By receiver: those of whom something was due; one query, however many."""
    judged = Sample.objects.filter(cooperation__provider__in=party_ids, status__in=JUDGED)
    rows = judged.annotate(on=POSTED_ON).order_by().values_list("cooperation__provider")
    told = rows.annotate(due=Count("pk"), kept=Count("pk", filter=Q(on__lte=F("due_on"))))
    return {party: SampleRecord(due, kept) for party, due, kept in told}


def _sent(rows: SampleQuerySet) -> SampleRecord:
    """What was approved and not sent by its day counts as late, also once nobody waits for it."""
    sent = rows.annotate(on=SENT_ON, over=ENDED_ON).filter(SENT | NEVER_SENT)
    found = sent.aggregate(due=Count("pk"), kept=Count("pk", filter=Q(on__lte=F("ship_by"))))
    return SampleRecord(found["due"], found["kept"])


def _posted(rows: SampleQuerySet) -> SampleRecord:
    judged = rows.filter(status__in=JUDGED)
    found = judged.annotate(on=POSTED_ON).aggregate(
        due=Count("pk"), kept=Count("pk", filter=Q(on__lte=F("due_on")))
    )
    return SampleRecord(found["due"], found["kept"])
