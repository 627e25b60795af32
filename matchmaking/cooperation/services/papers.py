"""What was agreed, as a version of the paper that order lines are split by.

The share is taken of each line. Fees, and what a ladder or a guarantee adds over the term, are
billed: they are no part of a line. All of it stands in the paper's clauses, so that the hash that
both sides accept is of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Amendment, Cooperation, terms_of
from portal.core.actor import Actor
from portal.core.documents import canonical
from portal.parties.states import PartyKind
from portal.revenue.fields import ConcludedFields, SubjectOfCooperation, TermsFields
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.services import (
    conclude_agreement,
    conclude_agreements,
    open_agreement,
    propose_terms,
)
from portal.revenue.states import PaperRole, Side


def conclude_paper(
    actor: Actor, cooperation: Cooperation, products: Sequence[Product] = ()
) -> Agreement:
    """Of a cooperation that is not yet written; `actor` accepted it."""
    return conclude_agreement(actor, fields=_concluded(actor, cooperation, products))


def append_papers(
    agreed: Iterable[tuple[Actor, Cooperation]],
    products: Mapping[int, Sequence[Product]] | None = None,
) -> None:
    """Of cooperations that are about to be written in bulk, with who accepted each; `products`:
    by the cooperation's key, of those that are about some."""
    rows, named = list(agreed), products or {}
    papers = conclude_agreements(
        [
            (actor, row.agreed_at, _concluded(actor, row, named.get(row.pk, ())))
            for actor, row in rows
            if row.agreed_at
        ]
    )
    for (_actor, row), paper in zip(rows, papers, strict=True):
        row.agreement = paper


def open_paper(actor: Actor, cooperation: Cooperation, products: Sequence[Product]) -> Agreement:
    """Of a cooperation that is being proposed."""
    return open_agreement(actor, subject=_subject(cooperation, products))


def propose_paper(
    actor: Actor,
    cooperation: Cooperation,
    wanted: dict[str, Any],
    *,
    note: str,
    counters: Amendment | None,
) -> AgreementVersion:
    """A version of its paper that says `wanted`."""
    terms = _terms(cooperation, wanted, note)
    earlier = counters.paper if counters else None
    return propose_terms(actor, agreement=cooperation.agreement, terms=terms, counters=earlier)


def role_of(cooperation: Cooperation) -> PaperRole:
    if cooperation.provider.kind == PartyKind.PROVIDER:
        return PaperRole.PROVIDER_FEE
    return PaperRole.COMMISSION


def _terms(cooperation: Cooperation, wanted: dict[str, Any], note: str = "") -> TermsFields:
    rate_bp = wanted["share_bp"]
    share = {"code": str(role_of(cooperation)), "rate_bp": rate_bp, "party": str(Side.PAYEE)}
    begins = wanted.get("starts_on", cooperation.starts_on.isoformat())
    once = {"is_once": True} if cooperation.is_once else {}
    return TermsFields(
        starts_on=date.fromisoformat(begins),
        ends_on=date.fromisoformat(wanted["ends_on"]),
        components=[share] if rate_bp else [],
        note=note,
        clauses=canonical({"title": cooperation.title, "starts_on": begins} | wanted | once),
    )


def _concluded(
    actor: Actor, cooperation: Cooperation, products: Sequence[Product]
) -> ConcludedFields:
    accepts_as_payee = actor.speaks_for(cooperation.provider_id)
    return ConcludedFields(
        subject=_subject(cooperation, products),
        proposed_by=Side.PAYER if accepts_as_payee else Side.PAYEE,
        terms=_terms(cooperation, terms_of(cooperation)),
    )


def _subject(cooperation: Cooperation, products: Sequence[Product]) -> SubjectOfCooperation:
    return SubjectOfCooperation(
        payer_id=cooperation.merchant_id,
        payee_id=cooperation.provider_id,
        role=role_of(cooperation),
        key=f"{cooperation.door}/{cooperation.door_ref}",
        products=[product.upstream_id for product in products],  # as orders name them
    )
