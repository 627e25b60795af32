"""Who may keep what is being written, and begin from what."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matchmaking.needs.models import Need, NeedDraft, NeedTemplate
from matchmaking.needs.rules.needs import can_create_need, can_edit_need
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, unmet
from portal.parties.rules import can_manage_party

MOST_DRAFTS = 20
MOST_TEMPLATES = 30
MOST_TYPED = 20_000  # characters of a whole form
TOO_MANY_DRAFTS = gettext_lazy("You have many unfinished needs; finish or discard one first.")


def can_keep_draft(actor: Actor, need: Need | None) -> Verdict:
    return can_create_need(actor) if need is None else can_edit_need(actor, need)


def draft_is_newest(draft: NeedDraft | None, seen: int) -> Verdict:
    """Whether nobody kept another version than the one this page came from."""
    if (draft is None and seen == 0) or (draft is not None and draft.version == seen):
        return ALLOWED
    if draft is None:
        return conflict(_("This changed meanwhile: it was saved or discarded elsewhere."))
    kept_at = timezone.localtime(draft.kept_at, SHANGHAI)
    sentence = _("This changed meanwhile: %(who)s kept a newer version at %(time)s.")
    return conflict(sentence % {"who": draft.kept_by or "—", "time": f"{kept_at:%H:%M}"})


def typed_is_small(values: Mapping[str, list[str]]) -> Verdict:
    if sum(len(text) for texts in values.values() for text in texts) > MOST_TYPED:
        return unmet(_("This is too long to be kept."))
    return ALLOWED


def can_discard_draft(actor: Actor, draft: NeedDraft) -> Verdict:
    return can_manage_party(actor, draft.merchant)


def can_save_template(actor: Actor, need: Need, name: str) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if not name.strip():
        return flawless([Flaw("name", _("Give the template a name."))])
    own = NeedTemplate.objects.owned_by(actor)
    if own.count() >= MOST_TEMPLATES:
        return conflict(_("These are as many templates as a party may have; remove one first."))
    if own.filter(name=name.strip()).exists():
        return flawless([Flaw("name", _("You have a template of this name already."))])
    return ALLOWED


def can_remove_template(actor: Actor, template: NeedTemplate) -> Verdict:
    if template.merchant is None:
        return conflict(_("The templates of the house are kept by the operators."))
    return can_manage_party(actor, template.merchant)
