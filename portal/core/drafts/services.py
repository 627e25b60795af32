"""Keeping what is typed. Not each keystroke leaves a trail: what is saved in the end will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.drafts import rules
from portal.core.drafts.models import TypedForm
from portal.core.verdict import Refused, Verdict, conflict

UNFINISHED_FOR = timedelta(days=90)
D = TypeVar("D", bound=TypedForm)


@dataclass(frozen=True)
class Drafting(Generic[D]):
    """The drafts of one kind of form.

    may_keep: whether somebody may write one of this subject, or a new one (None);
    may_discard: whether a draft is theirs to forget; lock: locks a subject by its key.
    """

    model: type[D]
    may_keep: Callable[[Actor, Any], Verdict]
    may_discard: Callable[[Actor, D], Verdict]
    lock: Callable[[int], models.Model]
    too_many: Promise

    @transaction.atomic
    def keep(
        self,
        actor: Actor,
        *,
        values: dict[str, list[str]],
        draft_id: str = "",
        seen: int = 0,
        subject: models.Model | None = None,
    ) -> D:
        """Keep a form as it is typed: a new one, or the next version of the one that was `seen`."""
        self.may_keep(actor, subject).require()
        rules.typed_is_small(values).require()
        draft = self._locked(actor, draft_id, subject)
        rules.draft_is_newest(draft, seen).require()
        if draft is None:
            if draft_id:  # discarded elsewhere, whatever the page says it saw
                rules.draft_is_newest(None, 1).require()
            return self._begin(actor, values, subject)
        draft.values, draft.version = values, draft.version + 1
        draft.kept_at, draft.kept_by = clock.now(), actor.user
        draft.save()
        return draft

    @transaction.atomic
    def discard(self, actor: Actor, *, draft: D) -> None:
        """Forget what was typed."""
        self.may_discard(actor, draft).require()
        audit.record(actor, "discard_draft", draft, before={"version": draft.version})
        draft.delete()

    def finish(self, actor: Actor, draft_id: str, seen: int, subject: models.Model | None) -> None:
        """It is saved: what was typed on the way is of no use any more. A page that is older than
        what was kept saves nothing."""
        draft = self._locked(actor, draft_id, subject)
        if draft is not None:
            rules.draft_is_newest(draft, seen).require()
            draft.delete()
        elif draft_id:
            rules.draft_is_newest(None, seen).require()

    @transaction.atomic
    def prune(self, actor: Actor) -> int:
        """Forget what nobody went on with; how many."""
        old = self._rows.filter(kept_at__lt=clock.now() - UNFINISHED_FOR)
        return int(old.delete()[0])

    @property
    def _rows(self) -> Any:
        return self.model._default_manager

    def _begin(self, actor: Actor, values: dict[str, list[str]], subject: models.Model | None) -> D:
        if self._rows.owned_by(actor).count() >= rules.MOST_DRAFTS:
            raise Refused(conflict(self.too_many))
        whose = {self.model.OWNER: actor.party, self.model.SUBJECT: subject}
        kept = {"values": values, "kept_at": clock.now(), "kept_by": actor.user}
        made: D = self._rows.create(**whose, **kept)
        return made

    def _locked(self, actor: Actor, draft_id: str, subject: models.Model | None) -> D | None:
        """The draft of a subject, or the one of this id. A subject is locked first: it has one."""
        own = (
            self._rows.owned_by(actor)
            .select_for_update(of=("self",), no_key=True)
            .select_related("kept_by")
        )
        found: D | None = None
        if subject is not None:
            self.lock(subject.pk)
            found = own.filter(**{self.model.SUBJECT: subject}).first()
        elif draft_id:
            found = own.filter(pk=draft_id, **{self.model.SUBJECT: None}).first()
        return found
