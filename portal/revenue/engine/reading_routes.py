"""Reading what no order pays: bills with their days, who is paid for both, seals and signers."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.textfiles.fields import Fields

from .agreement import (
    Basis,
    BillDue,
    BillKind,
    BillWhen,
    InvoiceComponent,
    PaidTo,
    RefundBand,
    RefundLadder,
    Seal,
)
from .amounts import BASIS
from .checks import code_of, day_of_field
from .faults import gettext_noop

ROUTE_KEYS = ("invoice_components", "paid_to", "seal", "signers")
INVOICE_KEYS = ("code", "kind", "party", "payer", "amount_fen", "due", "refund")
MOST_BILL = 10**13  # fen, of one bill
MOST_DAYS, LAST_DAY = 366, 28  # every month has a 28th
MOST_SEAL_DAYS, MOST_ONWARD_DAYS = 60, 90


def parse_invoice_component(fields: Fields, seen: set[str], residual: str) -> InvoiceComponent:
    party = fields.name("party")
    payer = fields.name("payer") if fields.get("payer") is not None else residual
    if party and party == payer:
        message = gettext_noop("“%(value)s” would pay itself; name another payer.")
        fields.fault("payer", "same_party", message, value=party)
    return InvoiceComponent(
        code=code_of(fields, seen),
        kind=fields.choice("kind", BillKind, required=True) or BillKind.OTHER,
        party=party,
        payer=payer,
        amount_fen=fields.whole("amount_fen", required=True, least=1, most=MOST_BILL) or 0,
        due=_due(fields),
        refund=_refund(fields),
    )


def _due(fields: Fields) -> BillDue:
    nothing = BillDue(BillWhen.CALL, 0, None)
    if not fields.present("due", required=True):
        return nothing
    inside = fields.inside("due", ("when", "days", "on"))
    when = inside.choice("when", BillWhen, required=True) if inside else None
    if inside is None or when is None:
        return nothing
    if when is BillWhen.DAY:
        inside.refuse_unless_null("days", gettext_noop("A day has no number of days."))
        return BillDue(when, 0, day_of_field(inside, "on", required=True))
    inside.refuse_unless_null("on", gettext_noop("Only what is due on one day names it."))
    least, most = (1, LAST_DAY) if when is BillWhen.MONTH else (0, MOST_DAYS)
    return BillDue(when, inside.whole("days", required=True, least=least, most=most) or 0, None)


def _refund(fields: Fields) -> RefundLadder | None:
    inside = fields.inside("refund", ("of", "target_fen", "days", "bands"))
    if inside is None:
        return None
    inside.choice("of", Basis)
    target = inside.whole("target_fen", required=True, least=1, most=MOST_BILL)
    days = inside.whole("days", required=True, least=1, most=MOST_DAYS)
    read = list(inside.objects_of("bands", ("from_bp", "refund_bp"), required=True))
    bands = tuple(map(_band, read))
    _check_order(inside, bands)
    return RefundLadder(target or 1, days or 1, bands)


def _band(fields: Fields) -> RefundBand:
    return RefundBand(
        from_bp=fields.whole("from_bp", required=True, least=0, most=10 * BASIS) or 0,
        refund_bp=fields.whole("refund_bp", required=True, least=0, most=BASIS) or 0,
    )


def _check_order(fields: Fields, bands: Sequence[RefundBand]) -> None:
    begins = [band.from_bp for band in bands]
    if begins and begins[0] != 0:
        fields.fault("bands", "crossing", gettext_noop("The first band begins at 0."))
    if begins != sorted(set(begins)):
        fields.fault("bands", "crossing", gettext_noop("Each band begins above the one before."))


def parse_paid_to(fields: Fields) -> PaidTo | None:
    inside = fields.inside("paid_to", ("party", "onward_days"))
    if inside is None:
        return None
    days = inside.whole("onward_days", required=True, least=1, most=MOST_ONWARD_DAYS)
    return PaidTo(inside.name("party"), days or 1)


def parse_seal(fields: Fields) -> Seal | None:
    inside = fields.inside("seal", ("by", "days"))
    if inside is None:
        return None
    days = inside.whole("days", required=True, least=1, most=MOST_SEAL_DAYS)
    return Seal(_names(inside, "by"), days or 1)


def _names(fields: Fields, key: str) -> tuple[str, ...]:
    value = fields.get(key)
    if isinstance(value, list | tuple):
        names = tuple(one for one in value if isinstance(one, str) and one)
        if names and len(set(names)) == len(value):
            return names
    fields.fault(key, "type", gettext_noop("This must name each side once, at least one."))
    return ()


def parse_signers(fields: Fields) -> bool:
    """Whether only an owner signs; without a word owners and managers do."""
    text = fields.text("signers")
    if text not in (None, "owner", "managing"):
        fields.fault("signers", "choice", gettext_noop("This must be “owner” or “managing”."))
    return text == "owner"
