"""Asking about a need, and answering so that everybody reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.needs import rules
from matchmaking.needs.models import Question
from matchmaking.needs.models.needs import Need
from matchmaking.needs.services.changes import lock_need
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.services import tell_party


@transaction.atomic
def ask_question(actor: Actor, *, need: Need, text: str) -> Question:
    """Ask the merchant; everybody who may bid reads the question, nobody who asked it."""
    need = lock_need(need.pk)
    rules.can_ask_question(actor, need).require()
    rules.question_is_sound(text, actor).require()
    question = Question.objects.create(
        need=need, asker=cast("Party", actor.party), text=text.strip(), asked_at=clock.now()
    )
    audit.record(actor, "ask_question", question, after={"need": need.pk})
    sentence = gettext_noop("A bidder asks about “%(need)s”; everyone who may bid reads you.")
    _tell([need.merchant], question, "asked", sentence)
    return question


@transaction.atomic
def answer_question(actor: Actor, *, question: Question, text: str) -> Question:
    """Answer once, for all."""
    need = lock_need(question.need_id)
    question = Question.objects.select_for_update(of=("self",), no_key=True).get(pk=question.pk)
    question.need = need
    rules.can_answer_question(actor, question).require()
    rules.answer_is_sound(text, need).require()
    question.answer, question.answered_at = text.strip(), clock.now()
    question.save(update_fields=["answer", "answered_at"])
    audit.record(actor, "answer_question", question, after={"need": need.pk})
    sentence = gettext_noop("A question about “%(need)s” was answered.")
    _tell(_bidders(question), question, "answered", sentence)
    return question


def _bidders(question: Question) -> Iterable[Party]:
    """Who is invited or answering, and who asked."""
    live = question.need.proposals.live().values("provider")
    return Party.objects.filter(pk__in=live) | Party.objects.filter(pk=question.asker_id)


def _tell(parties: Iterable[Party], question: Question, what: str, sentence: str) -> None:
    for party in parties:
        tell_party(
            party,
            event=f"question.{what}",
            key=f"question-{what}:{question.pk}:{party.pk}",
            sentence=sentence,
            params={"need": question.need.title},
            url=f"{question.need.get_absolute_url()}#questions",
        )
