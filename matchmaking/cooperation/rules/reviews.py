"""Reviews: of both sides, once, within two weeks of the end; only where money was paid."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.fields import AnswerFields, ReviewFields
from matchmaking.cooperation.models import ASPECTS, LEAST, MOST, Cooperation, Review
from matchmaking.cooperation.rules.cooperations import can_manage_cooperation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.moderation.rules import flaws_of_words

MOST_TEXT = 600


def can_give_review(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.ended_at is None:
        return conflict(_("Reviews are given once it is over."))
    if cooperation.began_at is None:
        return conflict(_("It ended before it began; there is nothing to review."))
    until = cooperation.reviews_until
    if until is None:
        return unmet(
            _("Reviews need money that was paid: a settled order, or a paid bill. None was yet.")
        )
    if cooperation.reviews.filter(by=actor.party_id).exists():
        return conflict(_("Your side has given its review already."))
    if clock.now() >= until:
        return conflict(_("The two weeks for reviews are over."))
    return ALLOWED


def can_answer_review(actor: Actor, review: Review) -> Verdict:
    """Whom it is about, once, when it is shown."""
    if not (verdict := can_manage_cooperation(actor, review.cooperation)):
        return verdict
    if not actor.speaks_for(review.about_id):
        return forbidden(_("Only whom it is about can answer."))
    if review.published_at is None:
        return conflict(_("It is not shown yet."))
    if review.answered_at is not None:
        return conflict(_("Your side has answered already."))
    return ALLOWED


def review_is_sound(fields: ReviewFields) -> Verdict:
    return flawless(flaws_of_review(fields))


def flaws_of_review(fields: ReviewFields) -> Iterator[Flaw]:
    for aspect in ASPECTS:
        if not LEAST <= getattr(fields, aspect) <= MOST:
            yield Flaw(aspect, _("One to five stars."))
    if len(fields.text) > MOST_TEXT:
        yield Flaw("text", _("At most 600 characters."))
    yield from flaws_of_words(fields, "text")


def answer_is_sound(fields: AnswerFields) -> Verdict:
    return flawless(flaws_of_answer(fields))


def flaws_of_answer(fields: AnswerFields) -> Iterator[Flaw]:
    if not fields.answer.strip():
        yield Flaw("answer", _("Please fill this in."))
    elif len(fields.answer) > MOST_TEXT:
        yield Flaw("answer", _("At most 600 characters."))
    yield from flaws_of_words(fields, "answer")
