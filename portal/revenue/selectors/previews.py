"""What an order would give by a paper, in words and with names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.revenue import engine
from portal.revenue.engine import RESIDUAL, Rate
from portal.revenue.engine.agreement import GuaranteeMode, LadderMode, PeriodComponent
from portal.revenue.order_states import PART_LABELS
from portal.revenue.selectors.bill_words import bill_in_words
from portal.revenue.states import Side
from portal.revenue.words import formula_in_words

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShownLeg:
    """kind: the party's, for its colour."""

    leg: engine.Leg
    title: str
    party: str
    kind: str
    amount: int
    formula: str


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """legs: each with its formula. parties: what each gets in all. months: what is added once a
    month, in words; bills: what is billed by date. steps: the tree, for the picture."""

    gross: int
    legs: tuple[ShownLeg, ...]
    parties: tuple[tuple[str, int], ...]
    months: tuple[str, ...]
    bills: tuple[str, ...]
    steps: tuple[engine.Step, ...]


def names_of(payer: str, payee: str) -> Names:
    return {Side.PAYER: payer, Side.PAYEE: payee, Side.PLATFORM: str(Side.PLATFORM.label)}


def kinds_of(payer: str, payee: str) -> Names:
    """For their colours."""
    return {Side.PAYER: payer, Side.PAYEE: payee, Side.PLATFORM: "platform"}


def preview_of(terms: engine.Agreement, gross: int, names: Names, kinds: Names) -> ShownPreview:
    found = engine.preview(terms, gross)
    legs = tuple(
        ShownLeg(
            leg=one.leg,
            title=title_of(one.leg.component),
            party=names[one.leg.party],
            kind=kinds[one.leg.party],
            amount=one.amount,
            formula=formula_in_words(one.formula),
        )
        for one in found.explanation.legs
    )
    return ShownPreview(
        gross=gross,
        legs=legs,
        parties=tuple((names[party], amount) for party, amount in found.parties),
        months=tuple(_in_words(one, names) for one in terms.period_components),
        bills=tuple(bill_in_words(one, names) for one in terms.invoice_components),
        steps=found.explanation.steps,
    )


def title_of(code: str) -> str:
    """A component in words: as its paper calls it, or what the platform takes."""
    if code == RESIDUAL:
        return _("what remains")
    return str(PART_LABELS[code]) if code in PART_LABELS else code


def _in_words(one: PeriodComponent, names: Names) -> str:
    parts = [_share_in_words(one)]
    if one.guarantee is not None:
        guarantee = Money(one.guarantee.fen).short
        if one.guarantee.mode is GuaranteeMode.MAX:
            parts.append(_("at least %(amount)s a month") % {"amount": guarantee})
        else:
            parts.append(_("and %(amount)s a month beside it") % {"amount": guarantee})
    if one.less:
        parts.append(_("less what “%(codes)s” paid") % {"codes": ", ".join(one.less)})
    sentence = _("%(code)s: %(payer)s pays %(party)s once a month %(terms)s")
    return sentence % {
        "code": one.code,
        "payer": names[one.payer],
        "party": names[one.party],
        "terms": _("; ").join(parts),
    }


def _share_in_words(one: PeriodComponent) -> str:
    if one.fixed_fen is not None:
        return str(Money(one.fixed_fen).short)
    if one.ladder is None:
        return _("%(rate)s of the net turnover") % {"rate": Rate(one.rate_bp or 0)}
    bands = []
    for band in one.ladder.bands:
        top = None if band.up_to_fen is None else Money(band.up_to_fen).short
        words = _("%(rate)s up to %(top)s") if top else _("%(rate)s above")
        bands.append(words % {"rate": Rate(band.rate_bp), "top": top})
    if len(bands) == 1:
        return _("%(rate)s of the net turnover") % {"rate": Rate(one.ladder.bands[0].rate_bp)}
    whole: str | Promise = _("%(bands)s, each of what lies in the band")
    if one.ladder.mode is LadderMode.WHOLE_BAND:
        whole = _("%(bands)s, of the whole turnover by the band reached")
    return str(whole) % {"bands": _(", ").join(bands)}
