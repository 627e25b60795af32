"""Who edits the rule book, and what may still change of a rule."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Rule
from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, conflict

WORDS = frozenset({"title_zh", "title_en", "text_zh", "text_en", "position"})


def can_change_rule(before: Rule | None, rule: Rule, changed: Collection[str]) -> Verdict:
    """No rule for the past: a new row begins today at the earliest, and one that has begun keeps
    its weight. It may get other words and a last day still to come."""
    today = clock.today()
    if before is None or before.starts_on > today:
        if rule.starts_on < today:
            return conflict(_("A rule begins today at the earliest."))
        return ALLOWED
    if not set(changed) <= WORDS | {"ends_on"}:
        return conflict(
            _("A rule that has begun keeps its weight. Give it a last day, and write a new row.")
        )
    if "ends_on" in changed and rule.ends_on is not None and rule.ends_on < today:
        return conflict(_("Its last day is today at the earliest."))
    return ALLOWED
