"""Facts that practical works make for the evaluation: the marks of one person, of 100."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind
from training.assessment.models import Work
from training.assessment.states import WorkStatus

MEASURE, REF = "assessment", "assessment.work"
MOST = 2_000


def record_work_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=work_facts(), once=True)


def work_facts() -> list[FactFields]:
    """Of works of providers' people that were marked and made none yet; each try is one."""
    marked = Work.objects.filter(
        status=WorkStatus.MARKED,
        score__isnull=False,
        enrolment__party__kind=PartyKind.PROVIDER,
    )
    new = unrecorded(marked, measure=MEASURE, ref_kind=REF).select_related("enrolment")
    return [_fact(row) for row in new.order_by("marked_at", "pk")[:MOST]]


def _fact(row: Work) -> FactFields:
    """`score` is kept in hundredths of a percent."""
    ended = clock.day_of(row.marked_at or row.handed_in_at)
    return FactFields(
        party_id=row.enrolment.party_id,
        measure=MEASURE,
        value=round((row.score or 0) / 100, 2),
        starts_on=min(clock.day_of(row.handed_in_at), ended),
        ends_on=ended,
        grade=Grade.PLATFORM,
        ref_kind=REF,
        ref_id=str(row.pk),
    )


def _url(actor: Actor, ref_id: str) -> str | None:
    try:
        key = UUID(ref_id)
    except ValueError:
        return None
    row = Work.objects.visible_to(actor).select_related("enrolment").filter(pk=key).first()
    return row.enrolment.get_absolute_url() if row else None


register_row_link(REF, _url, _("Practical work"))
