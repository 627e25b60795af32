"""Who may keep what is being written, begin from what, and look for what again."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matchmaking.recruiting.models import Post, PostDraft, PostSearch, PostTemplate
from matchmaking.recruiting.rules.posts import can_create_post, can_edit_post
from portal.core.actor import Actor
from portal.core.drafts.rules import is_new_name
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.rules import can_manage_party

MOST_TEMPLATES = 30
MOST_SEARCHES = 30
TOO_MANY_DRAFTS = gettext_lazy("You have many unfinished posts; finish or discard one first.")


def can_keep_draft(actor: Actor, post: Post | None) -> Verdict:
    return can_create_post(actor) if post is None else can_edit_post(actor, post)


def can_discard_draft(actor: Actor, draft: PostDraft) -> Verdict:
    return can_manage_party(actor, draft.party)


def can_save_template(actor: Actor, post: Post, name: str) -> Verdict:
    if not (verdict := can_manage_party(actor, post.poster)):
        return verdict
    own = PostTemplate.objects.filter(party=post.poster)
    return is_new_name(name, list(own.values_list("name", flat=True)), MOST_TEMPLATES)


def can_remove_template(actor: Actor, template: PostTemplate) -> Verdict:
    return can_manage_party(actor, template.party)


def can_save_search(actor: Actor, name: str) -> Verdict:
    if actor.party is None:
        return forbidden(_("Switch to a party first."))
    own = PostSearch.objects.filter(party=actor.party)
    return is_new_name(name, list(own.values_list("name", flat=True)), MOST_SEARCHES)


def can_remove_search(actor: Actor, search: PostSearch) -> Verdict:
    if not actor.speaks_for(search.party_id):
        return forbidden(_("You do not speak for this party."))
    return ALLOWED
