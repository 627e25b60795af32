"""Which papers and fees hold for a line, joined into the one tree it is split by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from portal.core import clock
from portal.parties.models import Category, RosterEntry
from portal.policies.dated import read_dated_rules
from portal.policies.fees import read_schedule
from portal.policies.models import FeeRate
from portal.policies.states import DatedKind, FeeKind
from portal.revenue import engine
from portal.revenue.models import AgreementVersion, Terms
from portal.revenue.order_fields import LineFacts
from portal.revenue.plans import PlanTerms, read_plans
from portal.revenue.rules import CEILINGS
from portal.revenue.states import PaperRole, ScopeKind

Rates = tuple[FeeRate | None, FeeRate | None]  # of the platform's fee, of the technical one


@dataclass(frozen=True, slots=True)
class Resolved:
    """The tree of a line, and who gets what in it besides merchant and creator."""

    terms: Terms
    agency_id: int | None = None
    provider_id: int | None = None
    leader_id: int | None = None


class TermsBook:
    """Everything needed to resolve the lines of some merchants, read at once: by papers, agencies
    and fees as they were on the day a line was paid."""

    def __init__(self, lines: Iterable[LineFacts]) -> None:
        lines = list(lines)
        creators = {line.creator_id for line in lines if line.creator_id is not None}
        self._papers = _read_papers({line.merchant_id for line in lines} | creators)
        self._agencies = _read_agencies(creators)
        self._fees = read_schedule()
        self._figures = read_dated_rules(*CEILINGS)
        self._plans = read_plans(lines)
        self._parents = dict(Category.objects.values_list("pk", "parent"))
        self._rates: dict[tuple[date, str, int | None], Rates] = {}
        self._ceilings: dict[date, engine.Ceilings] = {}
        self._made: dict[tuple[Any, ...], Resolved] = {}
        self.new: dict[str, Terms] = {}

    def resolve(self, line: LineFacts, paid_at: datetime) -> Resolved:
        """Raises engine.Unjoinable where the papers cannot be one tree."""
        day = clock.day_of(paid_at)
        chosen = self._choose(line, day)
        key = chosen.key
        if key not in self._made:
            self._made[key] = self._join(chosen)
        return self._made[key]

    def _choose(self, line: LineFacts, day: date) -> _Chosen:
        agency_id = self._agency_on(line.creator_id, day)
        earners = {pk for pk in (line.creator_id, agency_id) if pk is not None}
        commission = self._paper(PaperRole.COMMISSION, line.merchant_id, line, day, earners)
        share = self._paper(PaperRole.AGENCY_SHARE, line.creator_id, line, day, {agency_id})
        platform, technical = self._rates_on(line.product_source, line.category_id, day)
        # A paper goes before what is open to everybody.
        plan = self._plans.plan_for(line, day) if commission is None else None
        return _Chosen(
            platform=platform,
            technical=technical,
            commission=commission,
            plan=plan,
            agency_id=agency_id,
            share=share,
            provider=self._paper(PaperRole.PROVIDER_FEE, line.merchant_id, line, day),
            recruiting=self._paper(PaperRole.RECRUITING_FEE, line.merchant_id, line, day),
            ceilings=self._ceilings_on(day),
        )

    def _rates_on(self, source: str, category_id: int | None, day: date) -> Rates:
        key = day, source, category_id
        if key not in self._rates:
            categories = self._above(category_id)
            self._rates[key] = (
                self._fees.rate_on(FeeKind.PLATFORM, day, source=source, categories=categories),
                self._fees.rate_on(FeeKind.TECHNICAL, day, categories=categories),
            )
        return self._rates[key]

    def _ceilings_on(self, day: date) -> engine.Ceilings:
        if day not in self._ceilings:
            self._ceilings[day] = engine.Ceilings(
                commission_bp=self._figures.value_on(DatedKind.COMMISSION_MOST, day),
                recruiting_bp=self._figures.value_on(DatedKind.RECRUITING_MOST, day),
                together_bp=self._figures.value_on(DatedKind.TOGETHER_MOST, day),
            )
        return self._ceilings[day]

    def _paper(
        self,
        role: str,
        payer_id: int | None,
        line: LineFacts,
        day: date,
        payees: set[int | None] | set[int] | None = None,
    ) -> AgreementVersion | None:
        """The most specific that covers the line, then the earliest."""
        covering = [
            version
            for version in self._papers.get((role, payer_id), ())
            if day in version.in_force
            and (payees is None or version.agreement.payee_id in payees)
            and _covers(version, line)
        ]
        return min(covering, key=_precedence, default=None)

    def _agency_on(self, creator_id: int | None, day: date) -> int | None:
        entries = self._agencies.get(creator_id, ())
        return next((entry.agency_id for entry in entries if day in entry.period), None)

    def _above(self, category_id: int | None) -> Sequence[int]:
        chain = []
        while category_id is not None:
            chain.append(category_id)
            category_id = self._parents.get(category_id)
        return chain

    def _join(self, chosen: _Chosen) -> Resolved:
        document = engine.text_of(engine.join_terms(chosen.parts))
        made_of = chosen.made_of
        digest = engine.hash_of(document + json.dumps(made_of, sort_keys=True))
        terms = self.new.setdefault(digest, Terms(digest, document, made_of))
        return Resolved(
            terms,
            agency_id=chosen.agency_id if chosen.agency_earns else None,
            provider_id=_payee(chosen.provider),
            leader_id=_payee(chosen.recruiting),
        )


class _Chosen(NamedTuple):
    platform: FeeRate | None
    technical: FeeRate | None
    commission: AgreementVersion | None
    plan: PlanTerms | None
    agency_id: int | None
    share: AgreementVersion | None
    provider: AgreementVersion | None
    recruiting: AgreementVersion | None
    ceilings: engine.Ceilings

    @property
    def key(self) -> tuple[Any, ...]:
        """Of one book, whose rows are the same things each time."""
        rows = (self.platform, self.technical, self.commission, self.share, self.provider)
        figures = self.ceilings.commission_bp, self.ceilings.recruiting_bp
        made_of = (*map(id, rows), id(self.recruiting), self.plan, self.agency_id)
        return (*made_of, *figures, self.ceilings.together_bp)

    @property
    def earns_as_agency(self) -> bool:
        """Whether the merchant's paper is with the creator's agency."""
        return self.commission is not None and _payee(self.commission) == self.agency_id

    @property
    def agency_earns(self) -> bool:
        has_commission = self.commission is not None or self.plan is not None
        return self.earns_as_agency or (has_commission and self.share is not None)

    @property
    def commission_said(self) -> Mapping[str, Any] | None:
        """By the paper, or else by the plan."""
        if self.commission is not None:
            return self.commission.data
        return self.plan.document if self.plan else None

    @property
    def parts(self) -> engine.Parts:
        return engine.Parts(
            platform_bp=self.platform.rate_bp if self.platform else 0,
            technical_bp=self.technical.rate_bp if self.technical else 0,
            commission=self.commission_said,
            earner=engine.AGENCY if self.earns_as_agency else engine.CREATOR,
            agency_share=self.share.data if self.share else None,
            provider=self.provider.data if self.provider else None,
            recruiting=self.recruiting.data if self.recruiting else None,
            ceilings=self.ceilings,
        )

    @property
    def made_of(self) -> list[dict[str, Any]]:
        """Each part with the row it is from, in the order of the bases."""
        found = {
            "platform_fee": self.platform,
            "commission": self.commission or self.plan,
            "technical_fee": self.technical,
            "agency_share": None if self.earns_as_agency else self.share,
            "provider_fee": self.provider,
            "recruiting_fee": self.recruiting,
        }
        return [_from(part, row) for part, row in found.items() if row is not None]


def _from(part: str, row: AgreementVersion | FeeRate | PlanTerms) -> dict[str, Any]:
    if isinstance(row, PlanTerms):
        return {"part": part, "from": "plan", "id": row.key}
    return {
        "part": part,
        "from": "fee" if isinstance(row, FeeRate) else "paper",
        "id": str(row.pk),
    }


def _read_papers(payers: set[int]) -> Mapping[tuple[str, int | None], list[AgreementVersion]]:
    rows = AgreementVersion.objects.filter(agreement__payer__in=payers, in_force__isnull=False)
    papers: dict[tuple[str, int | None], list[AgreementVersion]] = defaultdict(list)
    for version in rows.select_related("agreement"):
        papers[version.agreement.role, version.agreement.payer_id].append(version)
    return papers


def _read_agencies(creators: set[int]) -> Mapping[int | None, list[RosterEntry]]:
    entries: dict[int | None, list[RosterEntry]] = defaultdict(list)
    for entry in RosterEntry.objects.bound().filter(creator__in=creators):
        entries[entry.creator_id].append(entry)
    return entries


def _covers(version: AgreementVersion, line: LineFacts) -> bool:
    agreement = version.agreement
    if agreement.scope_kind == ScopeKind.WHOLE:
        return True
    if agreement.is_of_cooperation:
        return not agreement.products or line.product in agreement.products
    of_line = {
        ScopeKind.SHOP: line.shop,
        ScopeKind.ACCOUNT: line.account,
        ScopeKind.PRODUCT: line.product,
    }
    return agreement.scope_key == of_line.get(ScopeKind(agreement.scope_kind))


def _precedence(version: AgreementVersion) -> tuple[Any, ...]:
    agreement = version.agreement
    return -agreement.specificity, agreement.created_at, str(agreement.pk)


def _payee(version: AgreementVersion | None) -> int | None:
    return version.agreement.payee_id if version else None


def keep_terms(terms: Iterable[Terms]) -> None:
    """Those that are not there yet."""
    Terms.objects.bulk_create(terms, ignore_conflicts=True)
