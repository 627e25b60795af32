"""A recruiting post from draft to its end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.recruiting import rules, selectors
from matchmaking.recruiting.fields import PostFields
from matchmaking.recruiting.models import Post
from matchmaking.recruiting.services.changes import (
    change_post_status,
    end_application,
    live_applications,
    lock_post,
    tell_merchant,
)
from matchmaking.recruiting.services.drafts import DRAFTING
from matchmaking.recruiting.states import ApplicationStatus, PostStatus, RejectReason
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused
from portal.moderation.services import watch_texts
from portal.parties.services import tell_party


@transaction.atomic
def create_post(
    actor: Actor,
    *,
    fields: PostFields,
    draft_id: str = "",
    draft_seen: int = 0,
    publish: bool = False,
) -> Post:
    """A draft, seen by its poster only; what was kept of it while it was typed goes. Or open at
    once: both, or neither."""
    rules.can_create_post(actor).require()
    DRAFTING.finish(actor, draft_id, draft_seen, None)
    post = Post(poster=actor.party, created_at=clock.now())
    _write(actor, post, fields)
    audit.record(actor, "create_post", post, after={"title": post.title})
    return publish_post(actor, post=post) if publish else post


@transaction.atomic
def update_post(
    actor: Actor, *, post: Post, fields: PostFields, draft_id: str = "", draft_seen: int = 0
) -> Post:
    """Change a draft, as it stood when `post` was read."""
    seen, post = post.version, lock_post(post.pk)
    rules.can_edit_post(actor, post).require()
    rules.post_is_as_seen(post, seen).require()
    DRAFTING.finish(actor, draft_id, draft_seen, post)
    before = post_snapshot(post)
    post.version += 1
    _write(actor, post, fields)
    audit.record(actor, "update_post", post, before=before, after=post_snapshot(post))
    return post


@transaction.atomic
def publish_post(actor: Actor, *, post: Post) -> Post:
    """Open the post to merchants."""
    post = lock_post(post.pk)
    rules.can_publish_post(actor, post).require()
    post.published_at = clock.now()
    change_post_status(actor, post, PostStatus.OPEN, verb="publish_post")
    return post


@transaction.atomic
def pause_post(actor: Actor, *, post: Post) -> Post:
    """No applications are taken meanwhile; those that stand are decided as before."""
    post = lock_post(post.pk)
    rules.can_pause_post(actor, post).require()
    change_post_status(actor, post, PostStatus.PAUSED, verb="pause_post")
    return post


@transaction.atomic
def resume_post(actor: Actor, *, post: Post) -> Post:
    post = lock_post(post.pk)
    rules.can_resume_post(actor, post).require()
    change_post_status(actor, post, PostStatus.OPEN, verb="resume_post")
    return post


@transaction.atomic
def close_post(actor: Actor, *, post: Post) -> Post:
    """End the post; every application that stands is rejected for it, and its merchant told."""
    post = lock_post(post.pk)
    rules.can_close_post(actor, post).require()
    change_post_status(actor, post, PostStatus.CLOSED, verb="close_post")
    sentence = gettext_noop("The post “%(post)s” was closed before “%(product)s” was decided on.")
    for application in live_applications(post):
        end_application(
            actor,
            application,
            ApplicationStatus.REJECTED,
            RejectReason.CLOSED,
            verb="reject_application",
        )
        tell_merchant(application, "rejected", sentence)
    return post


@transaction.atomic
def extend_post(actor: Actor, *, post: Post, closes_on: date, live_on: date | None = None) -> Post:
    """Move the last day back, and the day it is first shown where it must; one that ran out is
    open again."""
    post = lock_post(post.pk)
    rules.can_extend_post(actor, post).require()
    before = {"closes_on": post.closes_on.isoformat(), "live_on": post.live_on.isoformat()}
    post.live_on = live_on or post.live_on
    rules.day_is_later(post, closes_on).require()
    rules.some_source_is_allowed(post).require()
    post.closes_on = closes_on
    post.save(update_fields=["closes_on", "live_on"])
    after = {"closes_on": closes_on.isoformat(), "live_on": post.live_on.isoformat()}
    audit.record(actor, "extend_post", post, before=before, after=after)
    if post.status == PostStatus.EXPIRED:
        change_post_status(actor, post, PostStatus.OPEN, verb="reopen_post")
    return post


@transaction.atomic
def expire_post(actor: Actor, *, post: Post) -> Post:
    """Its last day has passed: no more applications; those that stand are still decided."""
    post = lock_post(post.pk)
    rules.can_expire_post(post).require()
    change_post_status(actor, post, PostStatus.EXPIRED, verb="expire_post")
    tell_party(
        post.poster,
        event="recruiting.expired",
        key=f"recruiting-expired:{post.pk}:{post.closes_on}",
        sentence=gettext_noop("The last day of “%(post)s” has passed; decide on what came in."),
        params={"post": post.title},
        url=post.get_absolute_url(),
    )
    return post


def expire_posts(actor: Actor) -> int:
    """Sweep the posts that ran out; how many. One that changed meanwhile is left alone."""
    ended = 0
    for post in selectors.overdue_posts():
        try:
            expire_post(actor, post=post)
            ended += 1
        except Refused:
            continue
    return ended


def plain_fields(fields: PostFields) -> dict[str, Any]:
    """The post's own columns."""
    plain = {name: value for name, value in asdict(fields).items() if name != "category_ids"}
    return plain | {"sources": sorted(set(fields.sources)), "title": fields.title.strip()}


def post_snapshot(post: Post) -> dict[str, Any]:
    return {
        "title": post.title,
        "brief": post.brief,
        "categories": sorted(post.categories.values_list("pk", flat=True)),
        "price": [post.price_low_fen, post.price_high_fen],
        "commission_least_bp": post.commission_least_bp,
        "carrier": post.carrier,
        "sources": post.sources,
        "samples_wanted": post.samples_wanted,
        "is_exclusive": post.is_exclusive,
        "days": [post.live_on.isoformat(), post.closes_on.isoformat()],
        "term_months": post.term_months,
    }


def _write(actor: Actor, post: Post, fields: PostFields) -> None:
    rules.post_is_sound(fields).require()
    for name, value in plain_fields(fields).items():
        setattr(post, name, value)
    post.save()
    post.categories.set(fields.category_ids)
    texts, url = rules.texts_of(post), post.get_absolute_url()
    watch_texts(actor, obj=post, party_id=post.poster_id, texts=texts, url=url)
