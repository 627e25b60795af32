"""What a cooperation has come to: its lines, its target, and what its price asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import OVER, SettlementBase
from matchmaking.engine.dues import Dues, reckon
from portal.core import clock
from portal.revenue.selectors import LineFigures, figures_by_agreement, settled_share_of


@dataclass(frozen=True, slots=True)
class Standing:
    """`base_fen`: what target and share are computed of."""

    lines: LineFigures
    base_fen: int
    months: int
    dues: Dues


def standing_figures(cooperation: Cooperation) -> Standing:
    key = cooperation.agreement_id
    found = figures_by_agreement([key], merchants=[cooperation.merchant_id])
    lines = found.get(key, LineFigures())
    base = base_of(cooperation, lines)
    months = months_of(cooperation)
    dues = reckon(
        cooperation.price,
        months=months,
        base_fen=base,
        by_lines_fen=settled_share_of(key, cooperation.provider_id) if lines.lines else 0,
        target_fen=cooperation.gmv_target_fen,
        refunds=cooperation.refund_ladder,
        is_over=cooperation.status in OVER,
    )
    return Standing(lines, base, months, dues)


def base_of(cooperation: Cooperation, lines: LineFigures) -> int:
    match cooperation.settlement_base:
        case SettlementBase.PAID:
            return lines.paid_fen
        case SettlementBase.GROSS:
            return lines.settled_fen
    return lines.net_fen


def months_of(cooperation: Cooperation) -> int:
    """Of the term, begun until today or its end: a fee is due for each month that began; that of
    a piece once, however long its orders run, and not before the piece was approved."""
    if cooperation.began_at is None:
        return 0
    if cooperation.is_once:
        return int(cooperation.is_fee_billed)
    day = clock.day_of(cooperation.ended_at) if cooperation.ended_at else clock.today()
    end = min(cooperation.ends_on, day + timedelta(days=1))
    first = cooperation.starts_on
    if end <= first:
        return 0
    whole = (end.year - first.year) * 12 + end.month - first.month
    return whole + (end.day > first.day)
