"""What the frame of every page needs. Nothing is asked of the database until it is shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from matchmaking.needs.selectors import count_unread_messages
from portal.core.actor import Actor, anonymous_actor
from portal.directory.doors import DOORS
from portal.notices import sms
from portal.notices.models import Notice
from portal.notices.selectors import banners_for
from portal.pages.demo import unfinished_demo
from portal.pages.foot import foot
from portal.pages.navigation import Doors
from portal.parties.models import Party
from portal.policies.models import Version
from portal.policies.selectors import asked_versions


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The frame: at most four queries, for the person's parties, unread notices and messages, and
    what they have still to agree to, if shown; one more while an announcement runs."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:  # refused before anybody asked who is there
        actor = anonymous_actor("web")
    unread = SimpleLazyObject(lambda: count_unread(actor))
    messages = SimpleLazyObject(lambda: count_unread_messages(actor))
    doors = Doors(request.path, actor, unread, messages)
    return {
        "actor": actor,
        "viewing": getattr(request, "viewing", None),
        "page_base": lambda: "base_app.html" if actor.is_signed_in else "base_public.html",
        "nav": SimpleLazyObject(doors.groups),
        "tabs": SimpleLazyObject(doors.tabs),
        "my_parties": SimpleLazyObject(lambda: parties_of(request)),
        "unread": unread,
        "banners": SimpleLazyObject(lambda: banners_for(actor)),
        "asked": SimpleLazyObject(lambda: asked_of(actor)),
        "foot": foot(),
        "has_sms": sms.is_open(),
        "has_apps": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "front_doors": DOORS.values(),
        "is_demo": settings.IS_DEMO,
        "demo_loading": SimpleLazyObject(unfinished_demo),
        "demo_password": settings.DEMO_PASSWORD if settings.IS_DEMO else "",
    }


def count_unread(actor: Actor) -> int:
    return Notice.objects.visible_to(actor).unread().count()


def asked_of(actor: Actor) -> list[Version]:
    """What the banner asks to agree to. Staff work by their employment, not by the terms."""
    return [] if actor.user is None or actor.user.is_staff else asked_versions(actor)


def parties_of(request: HttpRequest) -> list[tuple[Party, str]]:
    """The parties this person speaks for, each with their role in it."""
    memberships = getattr(request, "memberships", ())
    return [(m.party, m.get_role_display()) for m in memberships]
