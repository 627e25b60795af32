"""Keeping what is typed before it is a need. Not each keystroke leaves a trail: the need will."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.db import transaction

from matchmaking.needs import rules
from matchmaking.needs.models import Need, NeedDraft
from matchmaking.needs.services.changes import lock_need
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party

UNFINISHED_FOR = timedelta(days=90)


@transaction.atomic
def keep_draft(
    actor: Actor,
    *,
    values: dict[str, list[str]],
    draft_id: str = "",
    seen: int = 0,
    need: Need | None = None,
) -> NeedDraft:
    """Keep a form as it is typed: a new one, or the next version of the one that was `seen`."""
    rules.can_keep_draft(actor, need).require()
    rules.typed_is_small(values).require()
    draft = _locked(actor, draft_id, need)
    if draft is None and not draft_id:
        rules.draft_is_newest(None, seen).require()
        return _begin(actor, values, need)
    rules.draft_is_newest(draft, seen).require()
    assert draft is not None  # the rule above
    draft.values, draft.version = values, draft.version + 1
    draft.kept_at, draft.kept_by = clock.now(), actor.user
    draft.save()
    return draft


@transaction.atomic
def discard_draft(actor: Actor, *, draft: NeedDraft) -> None:
    """Forget what was typed."""
    rules.can_discard_draft(actor, draft).require()
    audit.record(actor, "discard_draft", draft, before={"version": draft.version})
    draft.delete()


def finish_draft(actor: Actor, draft_id: str, seen: int, need: Need | None) -> None:
    """The need is saved: what was typed on the way is of no use any more. A page that is older
    than what was kept saves nothing."""
    draft = _locked(actor, draft_id, need)
    if draft is not None:
        rules.draft_is_newest(draft, seen).require()
        draft.delete()
    elif draft_id:
        rules.draft_is_newest(None, seen).require()


@transaction.atomic
def prune_drafts(actor: Actor) -> int:
    """Forget what nobody went on with; how many."""
    old = NeedDraft.objects.filter(kept_at__lt=clock.now() - UNFINISHED_FOR)
    return old.delete()[0]


def _begin(actor: Actor, values: dict[str, list[str]], need: Need | None) -> NeedDraft:
    if NeedDraft.objects.owned_by(actor).count() >= rules.MOST_DRAFTS:
        raise Refused(conflict(rules.TOO_MANY_DRAFTS))
    return NeedDraft.objects.create(
        merchant=cast("Party", actor.party),  # the rule above saw one
        need=need,
        values=values,
        kept_at=clock.now(),
        kept_by=actor.user,
    )


def _locked(actor: Actor, draft_id: str, need: Need | None) -> NeedDraft | None:
    """The draft of a need, or the one of this id. A need is locked first: it has one draft."""
    own = NeedDraft.objects.owned_by(actor).select_for_update(of=("self",))
    if need is not None:
        lock_need(need.pk)
        return own.filter(need=need).select_related("kept_by").first()
    return (
        own.filter(pk=draft_id, need=None).select_related("kept_by").first() if draft_id else None
    )
