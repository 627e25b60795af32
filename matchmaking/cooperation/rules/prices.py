"""What makes a price one, in whatever form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import price_from
from portal.core.verdict import Flaw

MOST_STEPS = 5


class Priced(Protocol):
    """An offer, a package or a change of what was agreed, before it is written."""

    @property
    def monthly_fee_fen(self) -> int: ...

    @property
    def share_bp(self) -> int: ...

    @property
    def ladder(self) -> Sequence[Sequence[int]]: ...

    @property
    def is_guarantee(self) -> bool: ...


def flaws_of_price(fields: Priced) -> Iterator[Flaw]:
    if not (fields.monthly_fee_fen or fields.share_bp):
        yield Flaw("monthly_fee_fen", _("Ask for a fixed fee, a share, or both."))
        return
    if fields.is_guarantee and not (fields.monthly_fee_fen and fields.share_bp):
        missing = "share_bp" if fields.monthly_fee_fen else "monthly_fee_fen"
        yield Flaw(missing, _("A guarantee needs a fee and a share; the greater is paid."))
        return
    if len(fields.ladder) > MOST_STEPS:
        yield Flaw("ladder", _("At most 5 steps."))
    try:
        price_from(fields.monthly_fee_fen, fields.share_bp, fields.ladder, fields.is_guarantee)
    except ValueError:
        yield Flaw("ladder", _("Each step begins above the one before, the first at 0."))
