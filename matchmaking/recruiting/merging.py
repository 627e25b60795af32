"""Posts and applications of two parties that become one."""

from __future__ import annotations

from matchmaking.recruiting.models import (
    Application,
    Post,
    PostDraft,
    PostSearch,
    PostTemplate,
    Promise,
)
from portal.parties.merges import moves, moves_by
from portal.parties.models import Party

moves(Post, "poster")
moves(Application, "merchant")
moves(PostDraft, "party")
moves(Promise, "poster")


@moves_by(PostTemplate, "party")
def move_templates(survivor: Party, absorbed: Party) -> None:
    """A name stands once."""
    ours = PostTemplate.objects.filter(party=survivor).values("name")
    PostTemplate.objects.filter(party=absorbed).exclude(name__in=ours).update(party=survivor)


@moves_by(PostSearch, "party")
def move_searches(survivor: Party, absorbed: Party) -> None:
    ours = PostSearch.objects.filter(party=survivor).values("name")
    PostSearch.objects.filter(party=absorbed).exclude(name__in=ours).update(party=survivor)
