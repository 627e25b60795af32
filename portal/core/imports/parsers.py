"""From a cell's text to a value. A parser raises ValueError with the sentence the person reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.core.money import parse_money

Parse = Callable[[str], Any]
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
YES = {"1", "yes", "y", "true", "是", "有"}
NO = {"0", "no", "n", "false", "否", "无", "没有"}


def text(most: int = 200) -> Parse:
    def parse(cell: str) -> str:
        if len(cell) > most:
            said = {"limit_value": most, "show_value": len(cell)}
            raise ValueError(
                _("At most %(limit_value)s characters; there are %(show_value)s.") % said
            )
        return cell

    return parse


def whole(low: int = 0, high: int = 10**12) -> Parse:
    """A whole number, with or without thousands separators."""

    def parse(cell: str) -> int:
        plain = cell.replace(",", "").replace("，", "")
        if not plain.removeprefix("-").isdecimal() or len(plain) > 19:
            raise ValueError(_("Enter a whole number, such as 1200."))
        if not low <= int(plain) <= high:
            raise ValueError(
                _("Enter a number from %(low)s to %(high)s.") % {"low": low, "high": high}
            )
        return int(plain)

    return parse


def day(cell: str) -> date:
    for form in DAYS:
        try:
            found = datetime.strptime(cell, form).date()
        except ValueError:
            continue
        if 2000 <= found.year <= 2100:
            return found
    raise ValueError(_("Enter a day, such as 2026-05-31."))


def yes_no(cell: str) -> bool:
    folded = cell.casefold()
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise ValueError(_("Enter yes or no."))


def fen(cell: str) -> int:
    """An amount in yuan; the value is fen."""
    return parse_money(cell).fen


def one_of(
    choices: Mapping[str, Any] | Callable[[], Mapping[str, Any]], what: str | Promise
) -> Parse:
    """One of the names; `choices` may be read when needed. `what` names the list."""

    def parse(cell: str) -> Any:
        known = choices() if callable(choices) else choices
        if cell not in known:
            raise ValueError(
                _("%(what)s: there is no “%(name)s”.") % {"what": what, "name": cell[:40]}
            )
        return known[cell]

    return parse
