"""Facts that needs make for the evaluation: how soon leads are answered, and what becomes of them.

A sweep takes whatever made no fact yet, so that rows brought in bulk make theirs, too. A lead is an
invitation or an order of a merchant. A proposal is decided once it is accepted, declined, or taken
back after it was handed in; what lapses was decided by nobody and makes no fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Proposal, ResponseFact
from matchmaking.needs.states import AskedBy, ProposalStatus
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import declared_services, refs_of, services_meant, unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind

RESPONSE, LEAD = "needs.response", "needs.proposal"
BACK = timedelta(days=400)
MOST = 2_000  # rows in one sweep; the next takes the others
LEADS = (AskedBy.INVITATION, AskedBy.ORDER)
DECIDED = (ProposalStatus.ACCEPTED, ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Lead:
    """What is known of one, and since when and when it was."""

    measure: str
    ref_kind: str
    ref_id: str
    proposal: Proposal
    value: float
    began: datetime
    ended: datetime


def record_need_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=need_facts(), once=True)


def need_facts() -> list[FactFields]:
    """Of answers and decisions that made none yet."""
    return list(_facts([*_responses(), *_decisions()]))


def _responses() -> Iterator[Lead]:
    rows = ResponseFact.objects.filter(kind__in=LEADS, party__kind=PartyKind.PROVIDER)
    answers = list(_new(rows.filter(at__gte=clock.now() - BACK), "lead_response", RESPONSE))
    proposals = _whole(Proposal.objects.filter(pk__in={int(answer.ref) for answer in answers}))
    by_key = {proposal.pk: proposal for proposal in proposals}
    for answer in answers:
        yield Lead(
            "lead_response",
            RESPONSE,
            str(answer.pk),
            by_key[int(answer.ref)],
            round(answer.minutes / 60, 4),
            answer.asked_at,
            answer.answered_at or answer.at,
        )


def _decisions() -> Iterator[Lead]:
    decided = Proposal.objects.filter(
        status__in=DECIDED, provider__kind=PartyKind.PROVIDER, submitted_at__isnull=False
    ).annotate(at=Coalesce("ended_at", "cooperation__agreed_at"))
    rows = decided.filter(at__gte=clock.now() - BACK)
    for proposal in _whole(_new(rows, "lead_signed", LEAD)):
        yield Lead(
            "lead_signed",
            LEAD,
            str(proposal.pk),
            proposal,
            100.0 if proposal.status == ProposalStatus.ACCEPTED else 0.0,
            proposal.invited_at or proposal.created_at,
            proposal.at,
        )


def _new(rows: QuerySet[Any], measure: str, ref_kind: str) -> QuerySet[Any]:
    return unrecorded(rows, measure=measure, ref_kind=ref_kind).order_by("pk")[:MOST]


def _whole(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.select_related("need").prefetch_related("need__services"))


def _facts(leads: list[Lead]) -> Iterator[FactFields]:
    """One for each service the lead is about and the provider offers."""
    declared = declared_services({lead.proposal.provider_id for lead in leads})
    for lead in leads:
        proposal = lead.proposal
        asked = [service.pk for service in proposal.need.services.all()]
        first, last = clock.day_of(lead.began), clock.day_of(lead.ended)
        services = services_meant(declared, proposal.provider_id, asked)
        for service_id, ref_id in refs_of(lead.ref_id, services):
            yield FactFields(
                party_id=proposal.provider_id,
                measure=lead.measure,
                value=lead.value,
                starts_on=min(first, last),
                ends_on=last,
                grade=Grade.PLATFORM,
                ref_kind=lead.ref_kind,
                ref_id=ref_id,
                counterpart_id=proposal.need.merchant_id,
                service_id=service_id,
            )


# --- the rows behind them -------------------------------------------------------------------------


def _proposal_url(actor: Actor, ref_id: str) -> str | None:
    key = ref_id.partition(":")[0]
    seen = Proposal.objects.visible_to(actor).filter(pk=int(key)) if key.isdecimal() else None
    proposal = seen.first() if seen is not None else None
    return proposal.get_absolute_url() if proposal else None


def _answer_url(actor: Actor, ref_id: str) -> str | None:
    key = ref_id.partition(":")[0]
    answer = ResponseFact.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    return _proposal_url(actor, answer.ref) if answer else None


register_row_link(LEAD, _proposal_url, _("Proposal"))
register_row_link(RESPONSE, _answer_url, _("Answer to a lead"))
