"""What whoever holds a paper compares it with: its digest is the key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.money import Money
from portal.revenue.clauses import clauses_of
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors.previews import kinds_of, names_of, preview_of
from portal.revenue.states import ScopeKind, Side

SHOWN_FEN = 19_900


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """facts: label and value, in the order of the paper; texts: its sentences."""

    title: str
    facts: list[tuple[str, str]]
    texts: list[str]
    holds: bool
    is_sandbox: bool


def paper_with(digest: str) -> CheckedPaper | None:
    """A version by its hash; None where none has it."""
    rows = AgreementVersion.objects.select_related("agreement__payer", "agreement__payee")
    papers = rows.exclude(agreement__scope_kind=ScopeKind.COOPERATION)  # these are checked there
    version = papers.filter(sha256=digest).first()
    if version is None:
        return None
    agreement = version.agreement
    payee, payer_name = agreement.payee, agreement.payer_name
    names, kinds = names_of(payer_name, payee.name), kinds_of(agreement.payer_kind, payee.kind)
    shown = preview_of(version.terms, SHOWN_FEN, names, kinds)
    legs = [f"{one.title} → {one.party}: {one.formula}" for one in shown.legs]
    if agreement.is_with_platform:  # nothing of it is taken from an order
        legs = []
    return CheckedPaper(
        title=agreement.subject,
        facts=list(_facts(version)),
        texts=[*legs, *shown.months, *shown.bills],
        holds=bool(version.in_force and clock.today() in version.in_force),
        is_sandbox=payee.sandbox_of_id is not None,
    )


def _facts(version: AgreementVersion) -> Iterator[tuple[str, str]]:
    agreement = version.agreement
    yield _("Payer"), agreement.legal_name_of(Side.PAYER)
    yield _("Payee"), agreement.payee.legal_name
    yield _("Covers"), agreement.scope
    yield _("Version"), str(version.number)
    yield _("State"), str(version.get_status_display())
    yield _("First day"), version.starts_on.isoformat()
    yield _("Last day"), version.last_day.isoformat() if version.last_day else _("open end")
    yield from clauses_of(version)
    if not agreement.is_with_platform:
        yield _("Example"), _("An order of %(amount)s gives") % {"amount": Money(SHOWN_FEN)}
