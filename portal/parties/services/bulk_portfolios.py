"""Teams and cases of many providers at once, for imports and the demo: the rows are those of the
single services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused, Verdict
from portal.parties import rules
from portal.parties.fields import ClientCaseFields, StaffFields
from portal.parties.listing import refresh_facets
from portal.parties.models import CaseCheck, ClientCase, Party, StaffCertificate, StaffMember
from portal.parties.profile_states import CaseStatus, CheckOutcome

CHECKED_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PortfolioCase:
    """A case; `settled_fen` and `basis` where an operator has compared it already."""

    fields: ClientCaseFields
    settled_fen: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a provider said of itself at a moment."""

    party: Party
    staff: Sequence[StaffFields]
    cases: Sequence[PortfolioCase]
    at: datetime


@transaction.atomic
def describe_providers(actor: Actor, *, portfolios: Sequence[Portfolio]) -> None:
    """All of them, or none: a refusal names the first that is not sound."""
    rules.can_register_in_bulk(actor).require()
    for number, portfolio in enumerate(portfolios, start=1):
        _require(actor, number, portfolio)
    people = [(_member(p, fields), fields) for p in portfolios for fields in p.staff]
    bulk.insert([member for member, _fields in people])
    bulk.insert([row for member, fields in people for row in _papers(member, fields)])
    cases = [(_case(p, told), told, p) for p in portfolios for told in p.cases]
    bulk.insert([case for case, _told, _p in cases])
    bulk.insert([_check(actor, case, told) for case, told, _p in cases if case.is_verified])
    audit.record_many([row for p in portfolios for row in _trail(actor, p)])
    audit.record_many(
        [
            audit.entry(actor, "write_case", case, at=p.at, after={"gmv_fen": case.gmv_fen})
            for case, _told, p in cases
        ]
    )
    refresh_facets([portfolio.party.pk for portfolio in portfolios])


def _require(actor: Actor, number: int, portfolio: Portfolio) -> None:
    verdicts = [rules.can_describe_provider(actor, portfolio.party)]
    verdicts += [rules.staff_is_sound(fields) for fields in portfolio.staff]
    verdicts += [rules.case_is_sound(told.fields) for told in portfolio.cases]
    for verdict in verdicts:
        if not verdict:
            sentence = _("Row %(row)s: %(reason)s") % {"row": number, "reason": verdict.reason}
            raise Refused(Verdict(verdict.kind, sentence, verdict.flaws))


def _member(portfolio: Portfolio, fields: StaffFields) -> StaffMember:
    return StaffMember(
        party=portfolio.party,
        name=fields.name,
        role=fields.role,
        years=fields.years,
        joined_at=portfolio.at,
    )


def _papers(member: StaffMember, fields: StaffFields) -> Iterator[StaffCertificate]:
    for paper in fields.certificates:
        yield StaffCertificate(
            member=member,
            title=paper.title,
            issuer=paper.issuer,
            number=paper.number,
            expires_on=paper.expires_on,
        )


def _case(portfolio: Portfolio, told: PortfolioCase) -> ClientCase:
    is_verified = told.settled_fen is not None
    names = ("title", "client", "category_id", "starts_on", "ends_on", "gmv_fen", "summary")
    return ClientCase(
        party=portfolio.party,
        **{name: getattr(told.fields, name) for name in names},
        status=CaseStatus.VERIFIED if is_verified else CaseStatus.CLAIMED,
        settled_fen=told.settled_fen,
        created_at=portfolio.at,
        asked_at=portfolio.at if is_verified else None,
        checked_at=portfolio.at + CHECKED_AFTER if is_verified else None,
    )


def _check(actor: Actor, case: ClientCase, told: PortfolioCase) -> CaseCheck:
    assert case.checked_at is not None
    return CaseCheck(
        case=case,
        outcome=CheckOutcome.VERIFIED,
        claimed_fen=case.gmv_fen,
        settled_fen=told.settled_fen,
        basis=told.basis,
        by_id=actor.user_id,
        at=case.checked_at,
    )


def _trail(actor: Actor, portfolio: Portfolio) -> Iterator[AuditEntry]:
    if portfolio.staff:
        after = {"people": len(portfolio.staff)}
        yield audit.entry(actor, "add_staff", portfolio.party, at=portfolio.at, after=after)
