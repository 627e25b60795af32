"""What each side says of the other: hidden until both have spoken or two weeks have passed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import AnswerFields, ReviewFields
from matchmaking.cooperation.models import Cooperation, Review
from matchmaking.cooperation.services.changes import lock_cooperation, record, tell_other, tell_side
from matchmaking.cooperation.services.payments import note_payment
from portal.core import clock
from portal.core.actor import Actor
from portal.moderation.selectors import held_fields
from portal.moderation.services import watch_texts

MOST = 500


@transaction.atomic
def give_review(actor: Actor, *, cooperation: Cooperation, fields: ReviewFields) -> Review:
    """One side's word; with the other side's both are shown."""
    cooperation = lock_cooperation(cooperation)
    note_payment(actor, cooperation)
    rules.can_give_review(actor, cooperation).require()
    rules.review_is_sound(fields).require()
    review = Review.objects.create(
        cooperation=cooperation,
        by=cooperation.own_side(actor.party_id),
        about=cooperation.other_side(actor.party_id),
        person=actor.user,
        result=fields.result,
        communication=fields.communication,
        reliability=fields.reliability,
        text=fields.text.strip(),
        at=clock.now(),
    )
    _watch(actor, review)
    record(actor, "give_review", cooperation)  # what it says stays hidden
    if cooperation.reviews.count() == len(("both", "sides")):
        _publish(actor, cooperation)
    else:
        sentence = gettext_noop("%(other)s reviewed “%(title)s”. You read it once you have, too.")
        tell_other(actor, cooperation, "reviewed", sentence)
    review.refresh_from_db()
    return review


@transaction.atomic
def answer_review(actor: Actor, *, review: Review, fields: AnswerFields) -> Review:
    """A word of whom it is about, once."""
    cooperation = lock_cooperation(review.cooperation_id)
    review = Review.objects.select_for_update(of=("self",), no_key=True).get(pk=review.pk)
    review.cooperation = cooperation
    rules.can_answer_review(actor, review).require()
    rules.answer_is_sound(fields).require()
    review.answer, review.answered_at = fields.answer.strip(), clock.now()
    review.save(update_fields=["answer", "answered_at"])
    _watch(actor, review)
    record(actor, "answer_review", cooperation)
    sentence = gettext_noop("%(other)s answered your review of “%(title)s”.")
    tell_other(actor, cooperation, "review_answered", sentence)
    review.refresh_from_db()
    return review


def publish_reviews(actor: Actor) -> int:
    """Show what waited for two weeks; how many cooperations."""
    end = clock.now() - states.REVIEW_WITHIN
    waiting = Review.objects.filter(
        published_at=None, cooperation__ended_at__lte=end, cooperation__payment__at__lte=end
    )
    keys = list(waiting.order_by("at").values_list("cooperation", flat=True)[:MOST])
    return sum(_publish_due(actor, pk) for pk in dict.fromkeys(keys))


@transaction.atomic
def _publish_due(actor: Actor, pk: int) -> bool:
    return _publish(actor, lock_cooperation(pk))


def _publish(actor: Actor, cooperation: Cooperation) -> bool:
    hidden = list(cooperation.reviews.filter(published_at=None).select_related("about"))
    cooperation.reviews.filter(published_at=None).update(published_at=clock.now())
    if not hidden:
        return False
    record(actor, "publish_reviews", cooperation)
    sentence = gettext_noop("The review of “%(title)s” by %(other)s is shown now.")
    for review in hidden:
        tell_side(cooperation, review.about, "review_shown", sentence, once="shown")
    return True


def _watch(actor: Actor, review: Review) -> None:
    """Hold what a person must look at first. A text and its answer are of different authors."""
    own = {"answer": review.answer} if review.answer else {"text": review.text}
    url = review.cooperation.get_absolute_url()
    watch_texts(actor, obj=review, party_id=actor.party_id, texts=own, url=url)
    refresh_review(str(review.pk))


def refresh_review(review_id: str) -> None:
    """Hide or show its texts as the cases about them say."""
    review = Review.objects.get(pk=review_id)
    held = held_fields(review, {"text": review.text, "answer": review.answer})
    Review.objects.filter(pk=review.pk).update(
        text_held="text" in held, answer_held="answer" in held
    )
