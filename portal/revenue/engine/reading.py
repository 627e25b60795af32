"""From a document to an `Agreement`, or to everything that is wrong with it.

Keys are read one by one; a key that is wrong leaves a fault and None behind, so the reading goes
on. What depends on several keys is judged where all of them could be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.core.textfiles.fields import Fields, is_name

from .agreement import RESIDUAL, Agreement, Component
from .amounts import BASIS
from .checks import MOST_FEN, check_one_of, code_of, day_of_field
from .faults import AgreementFaults, Fault, gettext_noop
from .reading_periods import PERIOD_KEYS, parse_period_component
from .reading_routes import (
    INVOICE_KEYS,
    ROUTE_KEYS,
    parse_invoice_component,
    parse_paid_to,
    parse_seal,
    parse_signers,
)

DEEPEST = 16  # components within components

AGREEMENT_KEYS = (
    "version",
    "effective_from",
    "effective_to",
    "residual",
    "components",
    "period_components",
    *ROUTE_KEYS,
)
COMPONENT_KEYS = ("code", "rate_bp", "fixed_fen", "cap_fen", "party", "divide", "components")


def parse_agreement(document: object) -> Agreement:
    """Raises AgreementFaults with all that is wrong."""
    faults: list[Fault] = []
    fields = Fields.of(document, "$", AGREEMENT_KEYS, faults)
    agreement = _agreement(fields) if fields else None
    if faults or agreement is None:
        raise AgreementFaults(faults)
    return agreement


def _agreement(fields: Fields) -> Agreement:
    seen = {RESIDUAL}
    begins, ends = (
        day_of_field(fields, "effective_from", required=True),
        day_of_field(fields, "effective_to"),
    )
    if begins and ends and ends <= begins:
        message = gettext_noop("This must be after effective_from: it is the first day after.")
        fields.fault("effective_to", "crossing", message)
    residual = fields.name("residual")
    components = _components(fields, seen, 1)
    codes = frozenset(seen - {RESIDUAL})
    return Agreement(
        version=fields.whole("version", required=True, least=0) or 0,
        effective_from=begins or date.min,
        effective_to=ends,
        residual=residual,
        components=components,
        period_components=tuple(
            parse_period_component(one, seen, residual, codes)
            for one in fields.objects_of("period_components", PERIOD_KEYS)
        ),
        invoice_components=tuple(
            parse_invoice_component(one, seen, residual)
            for one in fields.objects_of("invoice_components", INVOICE_KEYS)
        ),
        paid_to=parse_paid_to(fields),
        seal=parse_seal(fields),
        is_owners=parse_signers(fields),
    )


def _components(fields: Fields, seen: set[str], depth: int) -> tuple[Component, ...]:
    if depth > DEEPEST:
        if fields.count("components"):
            message = gettext_noop("Components lie at most %(most)s deep.")
            fields.fault("components", "too_deep", message, most=DEEPEST)
        return ()
    found = tuple(
        _component(one, seen, depth) for one in fields.objects_of("components", COMPONENT_KEYS)
    )
    _check_rates(fields, found)
    return found


def _component(fields: Fields, seen: set[str], depth: int) -> Component:
    check_one_of(fields, ("rate_bp", "fixed_fen"))
    return Component(
        code=code_of(fields, seen),
        rate_bp=fields.whole("rate_bp", least=0, most=BASIS),
        fixed_fen=fields.whole("fixed_fen", least=0, most=MOST_FEN),
        cap_fen=fields.whole("cap_fen", least=0, most=MOST_FEN),
        shares=_shares(fields),
        components=_components(fields, seen, depth + 1),
    )


def _shares(fields: Fields) -> tuple[tuple[str, int], ...]:
    check_one_of(fields, ("party", "divide"))
    if fields.get("party") is not None:
        return ((fields.name("party"), 1),)
    inside = fields.inside("divide", None)
    if inside is None:
        return ()
    for party in inside.values:
        if not isinstance(party, str) or not is_name(party):
            message = gettext_noop("This must be text without blanks at its ends.")
            inside.fault(party, "blank", message)
    weights = {
        party: inside.whole(party, required=True, least=0, most=MOST_FEN) for party in inside.values
    }
    if not any(weights.values()) and None not in weights.values():
        message = gettext_noop("Somebody must have a share above zero.")
        fields.fault("divide", "zero_weights", message)
    return tuple((party, weight or 0) for party, weight in weights.items())


def _check_rates(fields: Fields, components: Sequence[Component]) -> None:
    total = sum(one.rate_bp or 0 for one in components)
    if total > BASIS:
        message = gettext_noop(
            "The rates side by side come to %(total)s basis points, more than %(most)s."
        )
        fields.fault("components", "above_whole", message, total=total, most=BASIS)
