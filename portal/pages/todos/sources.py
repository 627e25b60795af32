"""Every part's to-dos, in the order in which those of the same day stand."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.actor import Actor
from portal.pages.todos import Todo, TodoSource, Waiting
from portal.pages.todos.accounts import account_todos
from portal.pages.todos.advice import advice_todos
from portal.pages.todos.agreements import agreement_todos
from portal.pages.todos.assessment import assessment_todos
from portal.pages.todos.bills import bill_todos
from portal.pages.todos.certificates import certificate_todos
from portal.pages.todos.certification import certification_desk_todos, certification_todos
from portal.pages.todos.conduct import conduct_todos
from portal.pages.todos.cooperations import cooperation_todos
from portal.pages.todos.fairs import fair_todos
from portal.pages.todos.frameworks import framework_todos
from portal.pages.todos.invoices import invoice_todos
from portal.pages.todos.moderation import refusal_todos
from portal.pages.todos.needs import bidder_todos, introduction_todos, merchant_todos
from portal.pages.todos.parties import (
    claim_todos,
    departure_todos,
    document_todos,
    party_todos,
    people_todos,
    roster_todos,
)
from portal.pages.todos.payouts import payout_todos
from portal.pages.todos.ratings import rating_todos
from portal.pages.todos.recruiting import recruiting_todos
from portal.pages.todos.recruitment import applicant_todos, supporter_todos
from portal.pages.todos.settlement import settlement_todos
from portal.pages.todos.stars import star_review_todos, star_todos
from portal.pages.todos.talks import talk_todos
from portal.pages.todos.tasks import task_desk_todos, task_todos
from portal.pages.todos.training import training_todos
from portal.pages.todos.work import work_todos
from portal.parties.states import PartyKind


def _for_kind(kind: PartyKind, source: TodoSource) -> TodoSource:
    def only(actor: Actor) -> Iterator[Todo | Waiting]:
        if actor.party is not None and actor.party.kind == kind:
            yield from source(actor)

    return only


TODO_SOURCES: list[TodoSource] = [
    party_todos,
    people_todos,
    claim_todos,
    document_todos,
    account_todos,
    conduct_todos,
    rating_todos,
    refusal_todos,
    supporter_todos,
    star_review_todos,
    certification_desk_todos,
    task_desk_todos,
    cooperation_todos,
    agreement_todos,
    work_todos,
    settlement_todos,
    bill_todos,
    invoice_todos,
    payout_todos,
    framework_todos,
    _for_kind(PartyKind.MERCHANT, merchant_todos),
    _for_kind(PartyKind.PROVIDER, applicant_todos),
    bidder_todos,
    talk_todos,
    advice_todos,
    certificate_todos,
    training_todos,
    assessment_todos,
    task_todos,
    recruiting_todos,
    fair_todos,
    _for_kind(PartyKind.AGENCY, star_todos),
    _for_kind(PartyKind.AGENCY, certification_todos),
    _for_kind(PartyKind.AGENCY, departure_todos),
    _for_kind(PartyKind.CREATOR, roster_todos),
    _for_kind(PartyKind.CREATOR, departure_todos),
    _for_kind(PartyKind.CREATOR, introduction_todos),
]
