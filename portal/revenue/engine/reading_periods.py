"""Reading the period components of a document."""

from __future__ import annotations

from portal.core.textfiles.fields import Fields

from .agreement import (
    Band,
    Basis,
    Guarantee,
    GuaranteeMode,
    Ladder,
    LadderMode,
    PeriodComponent,
)
from .amounts import BASIS
from .checks import MOST_FEN, check_one_of, code_of
from .faults import gettext_noop

PERIOD_KEYS = (
    "code",
    "party",
    "payer",
    "of",
    "ladder",
    "rate_bp",
    "fixed_fen",
    "guarantee",
    "less",
)


def parse_period_component(
    fields: Fields, seen: set[str], residual: str, codes: frozenset[str]
) -> PeriodComponent:
    """codes: those of the components, which may be deducted."""
    check_one_of(fields, ("ladder", "rate_bp", "fixed_fen"))
    fields.choice("of", Basis)
    party = fields.name("party")
    payer = fields.name("payer") if fields.get("payer") is not None else residual
    if party and party == payer:
        message = gettext_noop("“%(value)s” would pay itself; name another payer.")
        fields.fault("payer", "same_party", message, value=party)
    return PeriodComponent(
        code=code_of(fields, seen),
        party=party,
        payer=payer,
        ladder=_ladder(fields),
        rate_bp=fields.whole("rate_bp", least=0, most=BASIS),
        fixed_fen=fields.whole("fixed_fen", least=0, most=MOST_FEN),
        guarantee=_guarantee(fields),
        less=_less(fields, codes),
    )


def _ladder(fields: Fields) -> Ladder | None:
    inside = fields.inside("ladder", ("mode", "bands"))
    if inside is None:
        return None
    mode = inside.choice("mode", LadderMode, required=True) or LadderMode.MARGINAL
    read = list(inside.objects_of("bands", ("up_to_fen", "rate_bp"), required=True))
    bands = tuple(_band(one, is_last=one is read[-1]) for one in read)
    for before, band, one in zip(bands, bands[1:], read[1:], strict=False):
        _check_above(one, before, band)
    return Ladder(mode, bands)


def _band(fields: Fields, *, is_last: bool) -> Band:
    if is_last:
        message = gettext_noop("The last band has no limit: put null.")
        fields.refuse_unless_null("up_to_fen", message)
    return Band(
        up_to_fen=None if is_last else fields.whole("up_to_fen", required=True, least=0),
        rate_bp=fields.whole("rate_bp", required=True, least=0, most=BASIS) or 0,
    )


def _check_above(fields: Fields, before: Band, band: Band) -> None:
    if before.up_to_fen is None or band.up_to_fen is None or band.up_to_fen > before.up_to_fen:
        return
    message = gettext_noop("This must be above the band before it, %(least)s.")
    fields.fault("up_to_fen", "crossing", message, least=before.up_to_fen)


def _guarantee(fields: Fields) -> Guarantee | None:
    inside = fields.inside("guarantee", ("fen", "mode"))
    if inside is None:
        return None
    fen = inside.whole("fen", required=True, least=0, most=MOST_FEN)
    mode = inside.choice("mode", GuaranteeMode, required=True)
    return Guarantee(fen or 0, mode or GuaranteeMode.MAX)


def _less(fields: Fields, codes: frozenset[str]) -> tuple[str, ...]:
    value = fields.get("less")
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        fields.fault("less", "type", gettext_noop("This must be a list of codes."))
        return ()
    for at, code in enumerate(value):
        if code not in codes:
            message = gettext_noop("No component has the code “%(value)s”.")
            fields.fault("less", "unknown_code", message, below=(at,), value=code)
        elif code in value[:at]:
            message = gettext_noop("The code “%(value)s” is there twice.")
            fields.fault("less", "duplicate", message, below=(at,), value=code)
    return tuple(value)
