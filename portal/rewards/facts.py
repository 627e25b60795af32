"""Facts that tasks make for the evaluation: of each claim of a provider that was decided or ran
out, whether it was done by its date. What an objection turned is corrected."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Fact
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import correct_fact, record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind
from portal.rewards.models import Claim
from portal.rewards.states import ClaimStatus

MEASURE, REF, MOST = "task_on_time", "rewards.claim", 2_000
GOOD = (ClaimStatus.PASSED, ClaimStatus.REWARDED)
BAD = (ClaimStatus.FAILED, ClaimStatus.EXPIRED, ClaimStatus.REVOKED)
WHY = "The claim was decided anew."


def record_task_facts(actor: Actor) -> int:
    """How many there were new or corrected."""
    worker = system_actor(actor.via)
    return record_facts(worker, facts=task_facts(), once=True) + _correct(worker)


def task_facts() -> list[FactFields]:
    """Of claims that ended and made none yet. What was given up says nothing; what nobody began is
    a place that went on, not a task done badly."""
    ended = Claim.objects.filter(party__kind=PartyKind.PROVIDER, ended_at__isnull=False)
    begun = Q(status__in=(*GOOD, ClaimStatus.FAILED, ClaimStatus.REVOKED)) | Q(
        status=ClaimStatus.EXPIRED, steps__done__gt=0
    )
    new = unrecorded(ended.filter(begun).distinct(), measure=MEASURE, ref_kind=REF)
    return [_fact(row) for row in new.order_by("ended_at", "pk")[:MOST]]


def value_of(claim: Claim) -> float:
    return 100.0 if claim.status in GOOD and claim.was_on_time else 0.0


def _fact(row: Claim) -> FactFields:
    ended = clock.day_of(row.ended_at or row.due_at)
    return FactFields(
        party_id=row.party_id,
        measure=MEASURE,
        value=value_of(row),
        sample=1,
        starts_on=min(clock.day_of(row.claimed_at), ended),
        ends_on=ended,
        grade=Grade.PLATFORM,
        ref_kind=REF,
        ref_id=str(row.pk),
    )


def _correct(actor: Actor) -> int:
    """Claims that were revoked, or stood again, after their fact was told."""
    turned = Claim.objects.filter(party__kind=PartyKind.PROVIDER)
    turned = turned.filter(Q(turns__gt=0) | Q(status=ClaimStatus.REVOKED))
    claims = {str(row.pk): row for row in turned}
    rows = Fact.objects.filter(measure=MEASURE, ref_kind=REF, ref_id__in=list(claims))
    standing = rows.filter(correction=None, is_void=False)
    corrected = 0
    for fact in standing:
        value = value_of(claims[fact.ref_id])
        if claims[fact.ref_id].status in (*GOOD, *BAD) and fact.value != value:
            correct_fact(actor, fact=fact, value=value, why=WHY)
            corrected += 1
    return corrected


def _url(actor: Actor, ref_id: str) -> str | None:
    try:
        key = UUID(ref_id)
    except ValueError:
        return None
    row = Claim.objects.visible_to(actor).filter(pk=key).first()
    return row.get_absolute_url() if row else None


register_row_link(REF, _url, _("Claim of a task"))
