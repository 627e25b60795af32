"""How a post and its applications change: one door a record, and who is told.

Lock order: the post, then its applications. Whoever decides about an application locks its post
first, so two people who decide at once are heard one after the other.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import rules, states
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import ApplicationStatus, PostStatus, Side
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.blocks import are_kept_apart
from portal.parties.models import Party
from portal.parties.services import tell_party

REASONS = dict(states.LOSS_REASONS)


def lock_post(pk: int) -> Post:
    rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("poster")
    return rows.prefetch_related("categories").get(pk=pk)


def lock_application(application: Application) -> Application:
    post = lock_post(application.post_id)
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("merchant", "product__category").get(pk=application.pk)
    locked.post = post
    locked.product.merchant = locked.merchant
    return locked


def live_applications(post: Post) -> list[Application]:
    rows = post.applications.select_for_update(of=("self",), no_key=True).live()
    found = list(rows.select_related("merchant", "product").order_by("pk"))
    for application in found:
        application.post = post
    return found


def change_post_status(actor: Actor, post: Post, status: PostStatus, *, verb: str) -> None:
    if status not in states.POST_TRANSITIONS[post.status]:
        raise Refused(conflict(_("This is not possible in the post's present state.")))
    before, post.status, now = post.status, status, clock.now()
    post.paused_at = now if status == PostStatus.PAUSED else None
    post.ended_at = now if status in states.OVER else None
    post.save(update_fields=["status", "published_at", "paused_at", "ended_at", "closes_on"])
    audit.record(actor, verb, post, before={"status": before}, after={"status": status})


def change_application_status(
    actor: Actor, application: Application, status: ApplicationStatus, *, verb: str, why: str = ""
) -> None:
    if status not in states.APPLICATION_TRANSITIONS[application.status]:
        raise Refused(conflict(_("This application no longer stands.")))
    before, application.status = application.status, status
    application.ended_at = clock.now() if status in states.ENDINGS else None
    application.save()
    audit.record(
        actor, verb, application, before={"status": before}, after={"status": status}, why=why
    )


def end_application(
    actor: Actor,
    application: Application,
    status: ApplicationStatus,
    reason: str,
    note: str = "",
    *,
    verb: str,
) -> None:
    application.reason, application.reason_note = reason, _heard(application, note.strip())
    change_application_status(actor, application, status, verb=verb, why=reason)


def wait_anew(application: Application) -> None:
    """The other side's time to answer begins."""
    application.waits_since, application.reminded_at = clock.now(), None


def _heard(application: Application, note: str) -> str:
    """Words with a no; the reason alone where one of the two will not hear from the other."""
    if not note or are_kept_apart(application.post.poster_id, application.merchant_id):
        return ""
    rules.note_is_sound(note).require()
    return note


def tell_merchant(
    application: Application, what: str, sentence: str, url: str = "", *, once: str = ""
) -> None:
    """`once`: what makes this telling another one than the last, where it may happen again."""
    to = application.merchant
    tell_party(to, **telling(application, to, what, sentence, url, once))


def tell_poster(
    application: Application, what: str, sentence: str, url: str = "", *, once: str = ""
) -> None:
    to = application.post.poster
    tell_party(to, **telling(application, to, what, sentence, url, once))


def tell_side(application: Application, side: str, what: str, sentence: str, once: str) -> None:
    tell = tell_poster if side == Side.POSTER else tell_merchant
    tell(application, what, sentence, once=once)


def telling(
    application: Application,
    to: Party,
    what: str,
    sentence: str,
    url: str = "",
    once: str = "",
) -> dict[str, Any]:
    """What a party is told of an application, as `notify` takes it."""
    return {
        "event": f"recruiting.{what}",
        "key": f"recruiting-{what}:{application.pk}:{to.pk}{once and f':{once}'}",
        "sentence": sentence,
        "params": {
            "post": application.post.title,
            "product": application.product.name,
            "poster": application.post.poster.name,
            "merchant": application.merchant.name,
            "commission": f"{application.commission_bp / 100:g}",
            "t_reason": _source(application.reason),
        },
        "url": url or application.get_absolute_url(),
    }


@lru_cache(maxsize=32)
def _source(reason: str) -> str:
    """The English source of a reason, so that each reader sees it in their own language."""
    with translation.override("en"):
        return str(REASONS[reason]) if reason else ""
