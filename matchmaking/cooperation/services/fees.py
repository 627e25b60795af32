"""Bills of what no order line pays: a fee for each month that begins; and once everything is
settled, what a guarantee, a ladder or another base still asks for, and the fees that go back.

Raised by beat, each once: a bill is known by its agreement, its part and its month.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.db.models import Q

from matchmaking.cooperation.models import ONCE, Cooperation
from matchmaking.cooperation.selectors import Standing
from matchmaking.cooperation.services.beginning import months_later
from matchmaking.cooperation.states import OVER, RUNNING, Door, SettlementBase
from portal.core import clock
from portal.core.actor import Actor
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.models import Bill
from portal.revenue.selectors import returned_share_of
from portal.revenue.services import raise_once

FEE, REST, BACK = "服务费", "结算补差", "服务费退回"  # parts of a paper are named in Chinese
AHEAD = timedelta(days=7)  # both sides know of a bill a week before it is due
LOOK_BACK = timedelta(days=62)  # what beat has missed for longer is for people to see to
LEAST_FEN = 100  # what is left below a yuan is the rounding of lines
MOST = 500


def bill_fees(actor: Actor) -> int:
    """Of every month that begins within a week, or began lately; how many bills are new."""
    rows = Cooperation.objects.filter(
        Q(status__in=RUNNING) | Q(status__in=OVER, ended_at__gte=clock.now() - LOOK_BACK),
        monthly_fee_fen__gt=0,
        is_guarantee=False,
        began_at__isnull=False,
    ).exclude(door=Door.CONTENT)  # its fee is the piece's, once
    whole = rows.select_related("agreement", "merchant", "provider").prefetch_related("endings")
    wanted = (bill for row in whole.order_by("pk") for bill in _fees_of(row))
    lately = Bill.objects.filter(code=FEE, raised_at__gte=clock.now() - LOOK_BACK - 2 * AHEAD)
    known = set(lately.values_list("agreement_id", "key"))
    new = (bill for bill in wanted if (bill.agreement_id, bill.key) not in known)
    return sum(raise_once(actor, bill) for bill in islice(new, MOST))


def bill_fees_of(actor: Actor, cooperation: Cooperation) -> int:
    """Of one cooperation; how many bills are new."""
    return sum(raise_once(actor, bill) for bill in _fees_of(cooperation))


def _fees_of(cooperation: Cooperation) -> Iterator[Bill]:
    today = clock.today()
    for first in _months(cooperation):
        if today - LOOK_BACK <= first <= today + AHEAD:
            yield _bill(
                cooperation,
                FEE,
                cooperation.monthly_fee_fen,
                key=first.isoformat(),
                kind=BillKind.RETAINER,
                due_on=max(_agreed_day(cooperation, first), today + AHEAD),
            )


def _months(cooperation: Cooperation) -> Iterator[date]:
    """The first day of each month of the term, up to its end as it is known today."""
    ends = [cooperation.ends_on]
    ends += [one.effective_on for one in cooperation.endings.all() if one.withdrawn_at is None]
    if cooperation.ended_at is not None:
        ends.append(clock.day_of(cooperation.ended_at) + timedelta(days=1))
    number = 0
    while (first := months_later(cooperation.starts_on, number)) < min(ends):
        yield first
        number += 1


def _agreed_day(cooperation: Cooperation, first: date) -> date:
    """The next day of payment as agreed; a week after the beginning where none is."""
    if cooperation.payment_day is None:
        return first + AHEAD
    this = first.replace(day=cooperation.payment_day)
    return this if this >= first else months_later(this, 1)


def bill_rest(actor: Actor, cooperation: Cooperation, found: Standing) -> None:
    """At the closing, within its transaction. What a dispute gave back counts as given: it is not
    asked for again."""
    if _is_reckoned(cooperation):
        is_later = cooperation.is_guarantee and not cooperation.is_once
        asked = 0 if is_later else found.dues.fees_fen
        returned = returned_share_of(
            cooperation.agreement_id,
            hired_id=cooperation.provider_id,
            merchant_id=cooperation.merchant_id,
        )
        given = found.dues.by_lines_fen + returned + asked
        _raise(actor, cooperation, REST, found.dues.priced_fen - given)
    if found.dues.refund_fen:
        _raise(actor, cooperation, BACK, -min(found.dues.refund_fen, _fees_asked(cooperation)))


def _is_reckoned(cooperation: Cooperation) -> bool:
    """Whether lines alone cannot give what was agreed."""
    is_ladder = len(cooperation.ladder) > 1
    return (
        cooperation.is_guarantee
        or is_ladder
        or (cooperation.share_bp > 0 and cooperation.settlement_base != SettlementBase.NET)
    )


def _fees_asked(cooperation: Cooperation) -> int:
    """Of which a part goes back: nobody gives back what was never asked for."""
    bills = Bill.objects.filter(agreement=cooperation.agreement_id, code__in=[FEE, ONCE, REST])
    asked = bills.filter(payer=cooperation.merchant_id).exclude(status=BillStatus.WAIVED)
    return sum(asked.values_list("amount_fen", flat=True))


def _raise(actor: Actor, cooperation: Cooperation, code: str, amount_fen: int) -> None:
    """Below zero it goes back to the merchant."""
    if abs(amount_fen) >= LEAST_FEN:
        bill = _bill(cooperation, code, abs(amount_fen), is_back=amount_fen < 0)
        raise_once(actor, bill)


def _bill(
    cooperation: Cooperation,
    code: str,
    amount_fen: int,
    *,
    key: str = "",
    kind: BillKind = BillKind.OTHER,
    due_on: date | None = None,
    is_back: bool = False,
) -> Bill:
    """By the paper's version that was accepted last; `raise_once` writes it."""
    sides = [cooperation.merchant, cooperation.provider]
    payer, payee = reversed(sides) if is_back else sides
    return Bill(
        agreement=cooperation.agreement,
        code=code,
        key=key,
        kind=kind,
        payer=payer,
        payee=payee,
        amount_fen=amount_fen,
        due_on=due_on or clock.today() + AHEAD,
    )
