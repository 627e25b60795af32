"""How much of an order commission and service fees may be: figures with their days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.verdict import Flaw, Verdict, flawless
from portal.policies.dated import read_dated_rules
from portal.policies.models import DatedRule
from portal.policies.states import DatedKind
from portal.revenue.engine import share_of_order
from portal.revenue.fields import JsonObject
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.states import PaperRole

CEILINGS = (DatedKind.COMMISSION_MOST, DatedKind.RECRUITING_MOST, DatedKind.TOGETHER_MOST)
OWN = {
    PaperRole.COMMISSION: DatedKind.COMMISSION_MOST,
    PaperRole.RECRUITING_FEE: DatedKind.RECRUITING_MOST,
}
BESIDE = {
    PaperRole.COMMISSION: PaperRole.RECRUITING_FEE,
    PaperRole.RECRUITING_FEE: PaperRole.COMMISSION,
}


def terms_keep_ceilings(
    agreement: Agreement, components: Sequence[JsonObject], first: date, until: date | None
) -> Verdict:
    """Against the tightest figures of the term, and with what the payer agreed to beside it."""
    role = PaperRole(agreement.role)
    if role not in OWN:
        return flawless(())
    return flawless(_flaws(agreement, share_of_order(components), first, until))


def _flaws(agreement: Agreement, share: int, first: date, until: date | None) -> Iterator[Flaw]:
    role = PaperRole(agreement.role)
    ceilings = read_dated_rules(*CEILINGS)
    own = ceilings.least_within(OWN[role], first, until)
    if own is not None and share > own.value:
        yield Flaw("components", _above(own))
        return
    together = ceilings.least_within(DatedKind.TOGETHER_MOST, first, until)
    beside = _most_beside(agreement, first, until)
    if together is not None and beside and share + beside > together.value:
        yield Flaw("components", _above(together))


def _above(rule: DatedRule) -> str:
    sentence = _("“%(rule)s” is %(value)s from %(day)s on; these terms are above it.")
    return sentence % {
        "rule": rule.get_kind_display(),
        "value": rule.shown,
        "day": rule.starts_on.isoformat(),
    }


def _most_beside(agreement: Agreement, first: date, until: date | None) -> int:
    """The largest share of the payer's other papers that cover the same and overlap in time."""
    other = BESIDE[PaperRole(agreement.role)]
    same = Q(agreement__scope_kind=agreement.scope_kind, agreement__scope_key=agreement.scope_key)
    rows = AgreementVersion.objects.filter(
        agreement__payer=agreement.payer_id,
        agreement__role=other,
        in_force__overlap=DateRange(first, until),
    )
    if agreement.scope_kind != "whole":
        rows = rows.filter(same | Q(agreement__scope_kind="whole"))
    return max((share_of_order(row.data["components"]) for row in rows), default=0)
