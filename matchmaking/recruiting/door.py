"""Recruiting as a door that cooperations come through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matchmaking.cooperation.doors import DoorRecord, register_door
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.recruiting import services
from matchmaking.recruiting.models import Application, Post
from portal.core.actor import Actor
from portal.core.web import whole_number


def find_record(actor: Actor, cooperation: Cooperation) -> DoorRecord | None:
    """The application that was accepted."""
    rows = Application.objects.visible_to(actor).select_related("product", "post")
    found = rows.filter(pk=whole_number(cooperation.door_ref)).first()
    return DoorRecord(str(found), found.get_absolute_url()) if found else None


def find_sources(actor: Actor, keys: Sequence[str]) -> Mapping[str, DoorRecord]:
    """The posts of these keys that the actor may read."""
    numbers = [whole_number(key) for key in keys]
    posts = Post.objects.visible_to(actor).filter(pk__in=numbers)
    return {str(post.pk): DoorRecord(post.title, post.get_absolute_url()) for post in posts}


register_door(
    Door.RECRUITING, record=find_record, sources=find_sources, follow=services.follow_cooperation
)
