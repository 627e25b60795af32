"""The address of a person's calendar of courses."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import forbidden
from training.learning.models import LearningFeed


@transaction.atomic
def change_feed(actor: Actor, *, is_on: bool) -> LearningFeed:
    """A new address, or none; the one before opens nothing any more."""
    if actor.user is None:
        forbidden(_("Sign in first.")).require()
    feed, _new = LearningFeed.objects.select_for_update(no_key=True).get_or_create(user=actor.user)
    feed.last += 1
    feed.number = feed.last if is_on else 0
    feed.save(update_fields=["number", "last"])
    audit.record(actor, "change_learning_feed", feed, after={"on": is_on})
    return feed
