"""What was agreed, in words; and what would change, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matchmaking.cooperation.fields import PriceFields
from matchmaking.cooperation.models import PRICE, price_from
from matchmaking.cooperation.states import SettlementBase
from matchmaking.engine.pricing import Price
from portal.core.money import Money

NOTHING = "—"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was agreed, before and after. `is_long`: a text of several lines."""

    label: str | Promise
    old: str
    new: str
    is_long: bool


@dataclass(frozen=True, slots=True)
class _Term:
    label: str | Promise
    names: tuple[str, ...]
    words: Callable[[Values], str]
    is_long: bool = False

    def differs(self, old: Values, new: Values) -> bool:
        return any(old.get(name) != new.get(name) for name in self.names)


def changes_between(old: Values, new: Values, *, is_once: bool = False) -> list[Change]:
    """Only what differs, in the order of the paper. `is_once`: of a fee that no month repeats."""
    old, new = ({**values, "is_once": is_once} if values else values for values in (old, new))
    return [
        Change(term.label, term.words(old) if old else NOTHING, term.words(new), term.is_long)
        for term in TERMS
        if term.differs(old, new)
    ]


def price_in_words(price: Price, *, is_once: bool = False) -> str:
    """¥38,000 a month + 3% of settled net GMV · above ¥5,000,000: 2%. Or the greater of the two."""
    form = _("%(fee)s once") if is_once else _("%(fee)s a month")
    fee = form % {"fee": Money(price.monthly_fee_fen).short}
    share = _("%(share)s of settled net GMV") % {"share": percent(price.share_bp)}
    steps = [
        _("above %(gmv)s: %(share)s")
        % {"gmv": Money(step.from_fen).short, "share": percent(step.share_bp)}
        for step in price.ladder[1:]
    ]
    if price.is_guarantee:
        whole = _("the greater of %(fee)s and %(share)s") % {"fee": fee, "share": share}
    else:
        parts = [fee] * bool(price.monthly_fee_fen) + [share] * bool(price.share_bp)
        whole = " + ".join(parts)
    return " · ".join([whole, *steps])


def percent(points: int) -> str:
    return f"{points / 100:g}%"


def _price(values: Values) -> str:
    """Of a version that is older than a field of prices, too."""
    said = {name: values[name] for name in PRICE if name in values}
    price = price_from(**(asdict(PriceFields()) | said))
    return price_in_words(price, is_once=values.get("is_once", False))


def _target(values: Values) -> str:
    fen = values.get("gmv_target_fen")
    if not fen:
        return _("None set")
    base = SettlementBase(values.get("settlement_base", SettlementBase.NET))
    return f"{Money(fen).short} · {base.label}"


def _refunds(values: Values) -> str:
    """Below 50% of the target 100% of the fees go back · below 100%: 40%."""
    ladder = values.get("refund_ladder") or []
    steps = [
        _("below %(under)s: %(back)s") % {"under": percent(after[0]), "back": percent(step[1])}
        for step, after in pairwise(ladder)
    ]
    return " · ".join(steps) or NOTHING


def _last_day(values: Values) -> str:
    return (date.fromisoformat(values["ends_on"]) - timedelta(days=1)).isoformat()


def _notice(values: Values) -> str:
    days = values["notice_days"]
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _payment(values: Values) -> str:
    day = values["payment_day"]
    return _("by day %(n)s of the month") % {"n": day} if day else _("No day agreed")


TERMS = (
    _Term(gettext_lazy("Title"), ("title",), lambda v: v.get("title") or NOTHING),
    _Term(gettext_lazy("First day"), ("starts_on",), lambda v: v.get("starts_on") or NOTHING),
    _Term(gettext_lazy("Price"), PRICE, _price),
    _Term(gettext_lazy("GMV target"), ("gmv_target_fen", "settlement_base"), _target),
    _Term(gettext_lazy("Fees that go back"), ("refund_ladder",), _refunds),
    _Term(gettext_lazy("Last day"), ("ends_on",), _last_day),
    _Term(gettext_lazy("Notice"), ("notice_days",), _notice),
    _Term(gettext_lazy("Fee due"), ("payment_day",), _payment),
    _Term(gettext_lazy("Scope"), ("scope",), lambda v: v["scope"], is_long=True),
    _Term(
        gettext_lazy("Service level"),
        ("service_level",),
        lambda v: v["service_level"] or NOTHING,
        is_long=True,
    ),
)
