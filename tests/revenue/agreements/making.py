"""Papers for tests, made by their services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.parties.models import Membership
from portal.parties.states import Role
from portal.revenue import services
from portal.revenue.fields import PowerFields, SubjectFields, TermsFields
from portal.revenue.models import AgreementVersion, SigningPower
from tests import factories
from tests.conftest import Person, person_of

FEE = {"code": "服务费", "rate_bp": 400, "party": "payee"}


def terms(days: int = 1, **changes: Any) -> TermsFields:
    """From so many days from today on, open-ended, 4% for the payee."""
    defaults: dict[str, Any] = {
        "starts_on": clock.today() + timedelta(days=days),
        "ends_on": None,
        "components": [FEE],
    }
    return TermsFields(**(defaults | changes))


def subject(other: Person, **changes: Any) -> SubjectFields:
    assert other.party is not None
    defaults: dict[str, Any] = {"other_id": other.party.pk, "we_pay": True, "role": "provider_fee"}
    return SubjectFields(**(defaults | changes))


def proposed(by: Person, to: Person, **changes: Any) -> AgreementVersion:
    """A merchant's paper with a provider, unless told otherwise."""
    about = {
        key: changes.pop(key)
        for key in ("role", "scope_kind", "scope_key", "we_pay")
        if key in changes
    }
    return services.propose_agreement(
        by.actor, subject=subject(to, **about), terms=terms(**changes)
    )


def agreed(by: Person, to: Person, **changes: Any) -> AgreementVersion:
    return services.accept_version(to.actor, version=proposed(by, to, **changes))


def colleague_of(person: Person, role: Role) -> Person:
    """Somebody else of the party."""
    assert person.party is not None
    user = factories.user(f"{role}-of-{person.party.pk}@example.com", str(role.label))
    Membership.objects.create(user=user, party=person.party, role=role, created_at=clock.now())
    return person_of(person.party, user, role)


def named(owner: Person, signer: Person, **limits: Any) -> SigningPower:
    """From today on, without limits unless told otherwise."""
    assert signer.user is not None
    defaults: dict[str, Any] = {"person_id": signer.user.pk, "starts_on": clock.today()}
    return services.name_signer(owner.actor, fields=PowerFields(**(defaults | limits)))
