"""What is kept, and whose version counts; and what a name of something kept must be."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.clock import SHANGHAI
from portal.core.drafts.models import TypedForm
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, unmet

MOST_DRAFTS = 20  # of one kind and party
MOST_TYPED = 20_000  # characters of a whole form


def draft_is_newest(draft: TypedForm | None, seen: int) -> Verdict:
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


def is_new_name(name: str, taken: list[str], most: int) -> Verdict:
    """Of a template or search, beside those that one has."""
    if not name.strip():
        return flawless([Flaw("name", _("Give it a name."))])
    if len(taken) >= most:
        return conflict(_("These are as many as a party may have; remove one first."))
    if name.strip() in taken:
        return flawless([Flaw("name", _("You have one of this name already."))])
    return ALLOWED
