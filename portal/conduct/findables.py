"""Rules of conduct, as the search shows them: what the public rule book holds."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.conduct import selectors
from portal.conduct.models import Rule
from portal.core.actor import Actor
from portal.search.findables import Hit, Rows, register_finder


def _rule(_actor: Actor, rule: Rule) -> Hit:
    return Hit(
        rule.title, f"{reverse('conduct_rule_list')}#{rule.code}", str(rule.get_severity_display())
    )


register_finder(
    Rows(
        kind="rule",
        title=_("Rules of conduct"),
        icon="gavel",
        rank=48,
        model=Rule,
        visible=lambda _actor: selectors.rule_book(),
        hit=_rule,
        names=lambda rule: [rule.title_zh, rule.title_en],
    )
)
