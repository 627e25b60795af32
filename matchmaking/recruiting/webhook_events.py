"""What machines are told of posts and applications: each side what it may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.models import Application, Post
from portal.webhooks.catalogue import register_event


def post_data(post: Post, told: int) -> dict[str, Any]:
    return {
        "post": post.pk,
        "number": post.number,
        "title": post.title,
        "status": post.status,
        "closes_on": post.closes_on.isoformat(),
    }


def application_data(application: Application, told: int) -> dict[str, Any]:
    return {
        "application": application.pk,
        "post": application.post_id,
        "product": application.product_id,
        "merchant": application.merchant_id,
        "status": application.status,
        "commission_bp": application.commission_bp,
        "version": application.version,
        "reason": application.reason,
        "cooperation": application.cooperation_id,
    }


def both_sides(application: Application) -> Iterator[int]:
    yield application.post.poster_id
    yield application.merchant_id


POST = {
    "post": 46,
    "number": "ZS-2026-00046",
    "title": "年货节零食专场",
    "status": "open",
    "closes_on": "2026-12-10",
}
APPLICATION = {
    "application": 123,
    "post": 46,
    "product": 77,
    "merchant": 1,
    "status": "submitted",
    "commission_bp": 2_000,
    "version": 1,
    "reason": "",
    "cooperation": None,
}

for name, title, verbs in (
    ("post.published", _("Our recruiting post was published"), ("publish_post", "reopen_post")),
    ("post.paused", _("Our recruiting post was paused"), ("pause_post",)),
    ("post.ended", _("Our recruiting post ended"), ("close_post", "expire_post")),
):
    register_event(
        name,
        title,
        of="recruiting.post",
        verbs=verbs,
        parties=lambda post: [post.poster_id],
        data=post_data,
        example=POST,
    )
for name, title, verbs in (
    ("application.submitted", _("A product was offered to a post"), ("submit_application",)),
    ("application.shortlisted", _("A product is on the shortlist"), ("shortlist_application",)),
    (
        "application.offered",
        _("Other terms were proposed, or agreed to"),
        ("counter_offer", "agree_terms"),
    ),
    ("application.accepted", _("A product was chosen"), ("accept_application",)),
    ("application.rejected", _("A product was not chosen"), ("reject_application",)),
    ("application.withdrawn", _("A product was taken back"), ("withdraw_application",)),
    ("application.lapsed", _("An application was not answered in time"), ("lapse_application",)),
):
    register_event(
        name,
        title,
        of="recruiting.application",
        verbs=verbs,
        parties=both_sides,
        data=application_data,
        example=APPLICATION,
    )
