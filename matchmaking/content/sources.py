"""Goods of other platforms: in a live room by such an order, where the day's rule lets them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from portal.core.verdict import ALLOWED, Verdict, unmet
from portal.policies.dated import read_dated_rules
from portal.policies.sources import LIVE, LiveUse, use_of
from portal.policies.states import ProductSource
from portal.revenue.order_states import Carrier


def source_is_allowed(source: str, carrier: str, day: date) -> Verdict:
    """By the rule of the day it is shown. Goods that come in by order only come in by this one."""
    if carrier != Carrier.LIVE:
        return ALLOWED
    found = use_of(read_dated_rules(*LIVE), ProductSource(source), day)
    if found.use != LiveUse.SHUT or found.rule is None:
        return ALLOWED
    sentence = _("Since %(day)s goods of %(source)s may not be in a live room's cart.")
    since = found.rule.starts_on.isoformat()
    return unmet(sentence % {"day": since, "source": ProductSource(source).label})
