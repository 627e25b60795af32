"""Papers of what was agreed elsewhere, at the door of a cooperation: both sides have said yes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.revenue import rules, states
from portal.revenue.fields import ConcludedFields, SubjectOfCooperation, TermsFields
from portal.revenue.models import Acceptance, Agreement, AgreementVersion
from portal.revenue.states import Side, VersionStatus

Paper = tuple[Agreement, AgreementVersion]


@transaction.atomic
def conclude_agreement(actor: Actor, *, fields: ConcludedFields) -> Agreement:
    """A paper with its first version, accepted by both; `actor` is the side that accepted. It holds
    from its first day, at the earliest the next midnight in Shanghai."""
    rules.concluded_is_sound(fields.terms).require()
    agreement, version = _paper(fields, clock.now())
    rules.may_sign(actor, version).require()
    days = version.in_force.lower, version.in_force.upper
    rules.terms_keep_ceilings(agreement, fields.terms.components, *days).require()
    agreement.save(force_insert=True)
    version.save(force_insert=True)
    Acceptance.objects.bulk_create(_acceptances(actor, version))
    return agreement  # its acceptances are the record; the door's own history tells the rest


def conclude_agreements(
    concluded: Sequence[tuple[Actor, datetime, ConcludedFields]],
) -> list[Agreement]:
    """Many at once, with who accepted each, and when."""
    papers = [_paper(fields, at) for _actor, at, fields in concluded]
    bulk.insert([agreement for agreement, _version in papers])
    bulk.insert([version for _agreement, version in papers])
    bulk.insert(
        [
            row
            for (actor, _at, _fields), (_agreement, version) in zip(concluded, papers, strict=True)
            for row in _acceptances(actor, version)
        ]
    )
    return [agreement for agreement, _version in papers]


def agreement_row(subject: SubjectOfCooperation, at: datetime) -> Agreement:
    """The paper of a cooperation that is not yet written."""
    return Agreement(
        payer_id=subject.payer_id,
        payee_id=subject.payee_id,
        role=subject.role,
        scope_kind=subject.scope_kind,
        scope_key=subject.key,
        products=list(subject.products),
        created_at=at,
    )


def written(terms: TermsFields, number: int) -> dict[str, Any]:
    """What a version of it says, and the hash of all of that."""
    document = json.dumps(rules.document_of(terms, number), ensure_ascii=False)
    return {
        "number": number,
        "document": document,
        "clauses": terms.clauses,
        "sha256": hashlib.sha256((document + terms.clauses).encode()).hexdigest(),
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "note": terms.note.strip(),
    }


def _paper(fields: ConcludedFields, at: datetime) -> Paper:
    agreement, terms = agreement_row(fields.subject, at), fields.terms
    first = max(terms.starts_on, clock.day_of(at) + timedelta(days=1))
    ends_on = max(terms.ends_on, first) if terms.ends_on else None
    return agreement, AgreementVersion(
        agreement=agreement,
        **written(terms, 1),
        proposed_by=fields.proposed_by,
        proposed_at=at,
        expires_at=at + states.ANSWER_WITHIN,
        status=VersionStatus.ACCEPTED,
        answered_at=at,
        in_force=DateRange(first, ends_on),
    )


def _acceptances(actor: Actor, version: AgreementVersion) -> list[Acceptance]:
    """Who accepted is known; who proposed stands in the record of the door."""
    people = {side: actor.user for side in (Side.PAYER, Side.PAYEE) if side != version.proposed_by}
    return [
        Acceptance(
            version=version,
            side=side,
            person=people.get(side),
            at=version.proposed_at,
            sha256=version.sha256,
        )
        for side in (Side.PAYER, Side.PAYEE)
    ]
