"""What posts begin from, and what is looked for again."""

from __future__ import annotations

from typing import cast

from django.db import transaction

from matchmaking.recruiting import rules, selectors
from matchmaking.recruiting.models import Post, PostSearch, PostTemplate
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.models import Party


@transaction.atomic
def save_template(actor: Actor, *, post: Post, name: str) -> PostTemplate:
    """Keep a post, without its days, as what others may begin from."""
    rules.can_save_template(actor, post, name).require()
    template = PostTemplate.objects.create(
        party_id=post.poster_id,
        name=name.strip(),
        values=selectors.values_of_post(post),
        changed_at=clock.now(),
    )
    audit.record(actor, "save_post_template", template, after={"post": post.pk})
    return template


@transaction.atomic
def remove_template(actor: Actor, *, template: PostTemplate) -> None:
    rules.can_remove_template(actor, template).require()
    audit.record(actor, "remove_template", template, before={"name": template.name})
    template.delete()


@transaction.atomic
def save_search(actor: Actor, *, name: str, query: str) -> PostSearch:
    """Keep a search of open posts, as its address says it."""
    rules.can_save_search(actor, name).require()
    search = PostSearch.objects.create(
        party=cast("Party", actor.party),  # the rule above saw one
        name=name.strip(),
        query=query,
        saved_at=clock.now(),
    )
    audit.record(actor, "save_post_search", search, after={"query": query})
    return search


@transaction.atomic
def remove_search(actor: Actor, *, search: PostSearch) -> None:
    rules.can_remove_search(actor, search).require()
    audit.record(actor, "remove_post_search", search, before={"name": search.name})
    search.delete()
