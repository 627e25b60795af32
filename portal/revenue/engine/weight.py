"""How much a paper binds its payer to, for those who may sign up to a limit only."""

from __future__ import annotations

from .agreement import Agreement, PeriodComponent


def most_share(agreement: Agreement) -> int:
    """Basis points of an order that all parts can take together; a ladder by its highest band."""
    own = sum(one.rate_bp or 0 for one in agreement.components)
    return own + sum(_highest_rate(one) for one in agreement.period_components)


def fixed_sums(agreement: Agreement) -> int:
    """Fen that the paper names: of a line, a month and each bill, all added up once."""
    lines = sum(one.fixed_fen or 0 for one in agreement.walk())
    bills = sum(one.amount_fen for one in agreement.invoice_components)
    return lines + bills + sum(_fixed_of(one) for one in agreement.period_components)


def _highest_rate(one: PeriodComponent) -> int:
    bands = one.ladder.bands if one.ladder else ()
    return max([one.rate_bp or 0, *(band.rate_bp for band in bands)])


def _fixed_of(one: PeriodComponent) -> int:
    return (one.fixed_fen or 0) + (one.guarantee.fen if one.guarantee else 0)
