"""Facts that samples make for the evaluation: shown in time is 100, late or not at all is 0. Those
of a creator count for the agency it was bound to."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.samples.models import Sample
from matchmaking.samples.states import SampleStatus
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.models import RosterEntry
from portal.parties.states import PartyKind

MEASURE, REF = "sample_on_time", "samples.sample"
MOST = 2_000


def record_sample_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=sample_facts(), once=True)


def sample_facts() -> list[FactFields]:
    """Of samples that made none yet."""
    bound = RosterEntry.objects.bound().filter(
        creator=OuterRef("cooperation__provider"), period__contains=OuterRef("due_on")
    )
    judged = Sample.objects.filter(
        Q(cooperation__provider__kind=PartyKind.AGENCY) | Exists(bound),
        status__in=[SampleStatus.POSTED, SampleStatus.OVERDUE],
        due_on__isnull=False,
    )
    new = unrecorded(judged, measure=MEASURE, ref_kind=REF).select_related("cooperation__provider")
    return list(_facts(list(new.order_by("pk")[:MOST])))


def _facts(rows: list[Sample]) -> Iterator[FactFields]:
    for row in rows:
        party_id = _judged_party(row)
        if party_id is None or row.due_on is None:
            continue
        ended = clock.day_of(row.posted_at) if row.posted_at else clock.today()
        yield FactFields(
            party_id=party_id,
            measure=MEASURE,
            value=100.0 if row.was_posted_in_time else 0.0,
            starts_on=min(row.due_on, ended),
            ends_on=ended,
            grade=Grade.CONFIRMED,
            ref_kind=REF,
            ref_id=str(row.pk),
            counterpart_id=row.cooperation.merchant_id,
        )


def _judged_party(row: Sample) -> int | None:
    """The agency itself, or the one the creator was bound to on the day it was due."""
    receiver = row.cooperation.provider
    if receiver.kind == PartyKind.AGENCY:
        return receiver.pk
    entries = RosterEntry.objects.bound().filter(creator=receiver, period__contains=row.due_on)
    bound = entries.first()
    return bound.agency_id if bound else None


def _url(actor: Actor, ref_id: str) -> str | None:
    row = Sample.objects.visible_to(actor).filter(pk=ref_id).first()
    return row.get_absolute_url() if row else None


register_row_link(REF, _url, _("Sample"))
