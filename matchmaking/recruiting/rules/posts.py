"""Who may do what with a recruiting post. Page, API and admin show these sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import states
from matchmaking.recruiting.models import Post
from matchmaking.recruiting.sources import read_source_rules
from matchmaking.recruiting.states import PostStatus
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.moderation.rules import nothing_is_held
from portal.moderation.selectors import held_fields
from portal.parties.models import Party
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind

POSTERS = frozenset({PartyKind.CREATOR, PartyKind.AGENCY})
# Also where one of the two blocked the other: nothing tells it from the rest.
NOT_TAKING = _("This post is not taking applications.")
NOT_VERIFIED = _("Your party must be verified before its posts can be published.")


def is_poster(party: Party | None) -> bool:
    return party is not None and party.kind in POSTERS


def can_share_post(post: Post) -> Verdict:
    """A poster leads to what one can apply to."""
    if post.status not in states.RUNNING:
        return conflict(_("Only an open post has a poster to share."))
    return ALLOWED


def can_create_post(actor: Actor) -> Verdict:
    if actor.party is None or not is_poster(actor.party):
        return forbidden(_("Only creators and agencies write recruiting posts."))
    return can_manage_party(actor, actor.party)


def can_list_own_posts(actor: Actor) -> Verdict:
    """Its members read a poster's list, also those who may change nothing."""
    if not is_poster(actor.party):
        return forbidden(_("Only creators and agencies have recruiting posts of their own."))
    return ALLOWED


def can_write_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the platform itself writes many posts at once."))


def can_edit_post(actor: Actor, post: Post) -> Verdict:
    if not (verdict := can_manage_party(actor, post.poster)):
        return verdict
    if post.status != PostStatus.DRAFT:
        return conflict(_("A published post can no longer be edited; merchants rely on it."))
    return ALLOWED


def post_is_as_seen(post: Post, seen: int) -> Verdict:
    """A page that is older than the draft writes nothing over it."""
    if post.version != seen:
        return conflict(_("This changed meanwhile: a colleague saved another version. Reload it."))
    return ALLOWED


def can_publish_at_once(actor: Actor) -> Verdict:
    if not (verdict := can_create_post(actor)):
        return verdict
    if actor.party is None or not actor.party.is_trusted:
        return unmet(NOT_VERIFIED)
    return ALLOWED


def can_publish_post(actor: Actor, post: Post) -> Verdict:
    if not (verdict := can_edit_post(actor, post)):
        return verdict
    if not post.poster.is_trusted:
        return unmet(NOT_VERIFIED)
    if post.closes_on < clock.today():
        return unmet(_("The last day for applications has passed; choose a later one."))
    if not (verdict := some_source_is_allowed(post)):
        return verdict
    texts = texts_of(post)
    return nothing_is_held(texts, held_fields(post, texts))


def some_source_is_allowed(post: Post) -> Verdict:
    """The rule of the day it is shown on may have changed since it was written."""
    rules = read_source_rules()
    if set(post.sources) & rules.allowed(post.carrier, post.live_on):
        return ALLOWED
    words = rules.refusal(post.carrier, post.live_on, post.sources)
    return unmet(words or _("Choose at least one product source."))


def texts_of(post: Post) -> dict[str, str]:
    return {"title": post.title, "brief": post.brief}


def can_pause_post(actor: Actor, post: Post) -> Verdict:
    if not (verdict := can_manage_party(actor, post.poster)):
        return verdict
    if post.status != PostStatus.OPEN:
        return conflict(_("Only an open post can be paused."))
    return ALLOWED


def can_resume_post(actor: Actor, post: Post) -> Verdict:
    if not (verdict := can_manage_party(actor, post.poster)):
        return verdict
    if post.status != PostStatus.PAUSED:
        return conflict(_("This post is not paused."))
    if post.closes_on < clock.today():
        return unmet(_("The last day for applications has passed; choose a later one."))
    return ALLOWED


def can_close_post(actor: Actor, post: Post) -> Verdict:
    if not (verdict := can_manage_party(actor, post.poster)):
        return verdict
    if PostStatus.CLOSED not in states.POST_TRANSITIONS[post.status]:
        return conflict(_("This post has ended already."))
    return ALLOWED


def can_extend_post(actor: Actor, post: Post) -> Verdict:
    """Move the last day back; one that ran out is open again with it."""
    if not (verdict := can_manage_party(actor, post.poster)):
        return verdict
    if post.status not in {PostStatus.OPEN, PostStatus.PAUSED, PostStatus.EXPIRED}:
        return conflict(_("Only a running post, or one that ran out, can be given more time."))
    if post.status == PostStatus.EXPIRED and not post.poster.is_trusted:
        return unmet(NOT_VERIFIED)
    return ALLOWED


def can_expire_post(post: Post) -> Verdict:
    if not post.is_running or post.closes_on >= clock.today():
        return conflict(_("This post has not run out yet."))
    return ALLOWED


def can_read_brief(actor: Actor, post: Post) -> bool:
    """A stranger sees what is asked for and by whom; verified parties read the brief, and so do
    operators who look after posts."""
    if actor.speaks_for(post.poster_id) or actor.has_perm("recruiting.view_post"):
        return True
    return actor.party is not None and actor.party.is_trusted


def can_see_suggestions(actor: Actor, post: Post) -> Verdict:
    if not actor.speaks_for(post.poster_id):
        return forbidden(_("You do not speak for this party."))
    return ALLOWED


def can_register_posts(actor: Actor) -> Verdict:
    """The operators' list of all of them."""
    if actor.has_perm("recruiting.view_post"):
        return ALLOWED
    return forbidden(_("Only operators may see this."))


def takes_applications(post: Post) -> Verdict:
    if post.status == PostStatus.PAUSED:
        return conflict(_("This post is paused; it takes no applications meanwhile."))
    if post.status != PostStatus.OPEN:
        return conflict(NOT_TAKING)
    if post.closes_on < clock.today():
        return conflict(_("The last day for applications has passed."))
    return ALLOWED
