"""Proposing, countering and accepting papers, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from portal.core import audit, clock
from portal.core.actor import system_actor
from portal.core.verdict import Kind, Refused
from portal.notices.models import Notice
from portal.revenue import services
from portal.revenue.models import Acceptance, Agreement, AgreementVersion
from portal.revenue.order_fields import LineFacts
from portal.revenue.states import VersionStatus
from tests.conftest import Person

from .making import FEE, agreed, proposed, subject, terms

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)


def refused(kind: Kind, call) -> None:
    before = list(AgreementVersion.objects.values_list("pk", "status", "in_force"))
    with pytest.raises(Refused) as error:
        call()
    assert error.value.verdict.kind is kind
    assert list(AgreementVersion.objects.values_list("pk", "status", "in_force")) == before


def test_a_proposal_waits_for_the_other_side(merchant: Person, provider: Person) -> None:
    version = proposed(merchant, provider)

    assert version.status == VersionStatus.OPEN
    assert version.in_force is None
    assert version.expires_at == version.proposed_at + timedelta(days=7)
    assert [one.side for one in version.acceptances.all()] == ["payer"]
    assert version.terms.residual == "payer"
    assert Notice.objects.filter(user=provider.user, event="agreement.proposed").count() == 1


def test_accepting_needs_the_other_side(merchant: Person, provider: Person) -> None:
    version = proposed(merchant, provider)

    refused(Kind.CONFLICT, lambda: services.accept_version(merchant.actor, version=version))
    services.accept_version(provider.actor, version=version)

    version.refresh_from_db()
    assert version.status == VersionStatus.ACCEPTED
    assert {one.side for one in version.acceptances.all()} == {"payer", "payee"}
    assert {one.sha256 for one in version.acceptances.all()} == {version.sha256}
    verbs = [entry.verb for entry in audit.trail(version.agreement)]
    assert verbs == ["open_agreement", "propose_version", "accept_version"]


def test_it_holds_from_the_midnight_after_acceptance(merchant: Person, provider: Person) -> None:
    """Accepted late, it begins late: never before both have agreed."""
    with clock.standing_at(NOON):
        version = proposed(merchant, provider, days=2)
    with clock.standing_at(NOON + timedelta(days=4)):
        version = services.accept_version(provider.actor, version=version)

    assert version.in_force.lower.isoformat() == "2026-03-15"
    assert version.in_force.upper is None


def test_an_amendment_ends_the_version_before(merchant: Person, provider: Person) -> None:
    with clock.standing_at(NOON):
        first = agreed(merchant, provider, days=5)
        changed = terms(20, components=[FEE | {"rate_bp": 500}])
        second = services.propose_version(provider.actor, agreement=first.agreement, terms=changed)
        services.accept_version(merchant.actor, version=second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.in_force.lower.day, first.in_force.upper.day) == (15, 30)
    assert second.in_force.lower.day == 30
    assert (first.number, second.number) == (1, 2)


def test_a_version_that_never_began_is_superseded(merchant: Person, provider: Person) -> None:
    first = agreed(merchant, provider, days=30)
    second = services.propose_version(merchant.actor, agreement=first.agreement, terms=terms(3))
    services.accept_version(provider.actor, version=second)

    first.refresh_from_db()
    assert first.in_force.isempty


def test_countering_turns_the_table(merchant: Person, provider: Person) -> None:
    first = proposed(merchant, provider)
    dearer = terms(components=[FEE | {"rate_bp": 600}])
    second = services.counter_version(provider.actor, version=first, terms=dearer)

    first.refresh_from_db()
    assert (first.status, second.status) == (VersionStatus.COUNTERED, VersionStatus.OPEN)
    refused(Kind.CONFLICT, lambda: services.accept_version(provider.actor, version=second))
    refused(Kind.CONFLICT, lambda: services.accept_version(merchant.actor, version=first))
    assert services.accept_version(merchant.actor, version=second).in_force is not None


def test_one_open_version_at_a_time(merchant: Person, provider: Person) -> None:
    version = proposed(merchant, provider)

    agreement = version.agreement
    for call in (
        lambda: services.propose_version(merchant.actor, agreement=agreement, terms=terms()),
        lambda: proposed(merchant, provider),
    ):
        refused(Kind.CONFLICT, call)
    assert Agreement.objects.count() == 1


def test_other_subjects_are_papers_of_their_own(merchant: Person, provider: Person) -> None:
    proposed(merchant, provider)
    proposed(merchant, provider, scope_kind="shop", scope_key="88")

    assert Agreement.objects.count() == 2


def test_declined_withdrawn_and_expired(merchant: Person, provider: Person) -> None:
    version = proposed(merchant, provider)
    refused(Kind.CONFLICT, lambda: services.withdraw_version(provider.actor, version=version))
    services.decline_version(provider.actor, version=version)
    again = services.propose_version(merchant.actor, agreement=version.agreement, terms=terms())
    services.withdraw_version(merchant.actor, version=again)
    last = services.propose_version(merchant.actor, agreement=version.agreement, terms=terms())
    with clock.standing_at(clock.now() + timedelta(days=7)):
        refused(Kind.CONFLICT, lambda: services.accept_version(provider.actor, version=last))
        assert services.expire_versions(system_actor("task")) == 1
        assert services.expire_versions(system_actor("task")) == 0

    statuses = version.agreement.versions.order_by("number").values_list("status", flat=True)
    assert list(statuses) == ["declined", "withdrawn", "expired"]
    assert Notice.objects.filter(event="agreement.expired").count() == 2


def test_only_those_who_sign_for_a_side(
    merchant: Person, provider: Person, rival: Person, colleague: Person
) -> None:
    version = proposed(merchant, provider)

    refused(Kind.FORBIDDEN, lambda: services.accept_version(rival.actor, version=version))
    refused(Kind.FORBIDDEN, lambda: proposed(colleague, provider))


def test_parties_of_the_wrong_kinds(merchant: Person, provider: Person, creator: Person) -> None:
    refused(Kind.UNMET, lambda: proposed(provider, creator))
    refused(Kind.UNMET, lambda: proposed(merchant, creator, role="provider_fee"))
    assert (
        agreed(creator, merchant, role="commission", we_pay=False).agreement.payer == merchant.party
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days": 0}, "starts_on"),
        ({"components": []}, "components"),
        ({"components": [FEE | {"rate_bp": 10_001}]}, "components"),
        ({"components": [FEE | {"party": "somebody"}]}, "components"),
        ({"components": [FEE | {"party": "platform"}]}, "components"),
        ({"components": [FEE | {"code": "x" * 31}]}, "components"),
        ({"period_components": [{"code": "p", "party": "payee"}]}, "period_components"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_terms_that_cannot_be(merchant: Person, provider: Person, changes, field) -> None:
    with pytest.raises(Refused) as error:
        proposed(merchant, provider, **changes)

    assert error.value.verdict.flaws[0].field == field
    assert not Agreement.objects.exists()


def test_a_term_that_is_over_cannot_be_accepted(merchant: Person, provider: Person) -> None:
    with clock.standing_at(NOON):
        starts = terms(1).starts_on
        version = proposed(merchant, provider, ends_on=starts + timedelta(days=2))
    with clock.standing_at(NOON + timedelta(days=2)):
        refused(Kind.CONFLICT, partial(services.accept_version, provider.actor, version=version))


def test_the_version_in_force_when_the_order_was_paid(merchant: Person, provider: Person) -> None:
    """Replay with an old agreement version; the most specific paper wins."""
    assert merchant.party is not None
    assert provider.party is not None
    with clock.standing_at(NOON):
        first = agreed(merchant, provider)
        shop = agreed(merchant, provider, days=10, scope_kind="shop", scope_key="88")
        product = agreed(merchant, provider, days=10, scope_kind="product", scope_key="9")
        second = services.propose_version(
            merchant.actor, agreement=first.agreement, terms=terms(20)
        )
        services.accept_version(provider.actor, version=second)

    def at(day: int, **scopes: str) -> AgreementVersion | None:
        line = LineFacts("D1", "1", merchant.party.pk, **scopes)
        paid_at = datetime(2026, 3, day, 4, tzinfo=UTC)
        made_of = services.TermsBook([line]).resolve(line, paid_at).terms.made_of
        ids = [one["id"] for one in made_of if one["part"] == "provider_fee"]
        return AgreementVersion.objects.filter(pk__in=ids).first()

    assert at(10) is None
    assert at(11) == at(29) == first
    assert at(30) == second
    assert at(21, shop="88") == shop
    assert at(21, shop="88", product="9") == product
    assert at(21, shop="89") == first


def test_key_order_is_part_of_the_document(merchant: Person, provider: Person) -> None:
    """Ties go to who is written first, so the order must survive the database."""
    divide = {"platform": 1, "payer": 1, "payee": 1}
    version = proposed(
        merchant, provider, components=[{"code": "f", "rate_bp": 100, "divide": divide}]
    )

    again = AgreementVersion.objects.get(pk=version.pk)
    assert [leg.party for leg in again.terms.legs] == ["platform", "payer", "payee", "payer"]


def test_a_subject_is_named_where_it_is_a_part(merchant: Person, provider: Person) -> None:
    for changes in ({"scope_kind": "shop"}, {"scope_key": "88"}, {"scope_kind": "moon"}):
        about = subject(provider, **changes)
        propose = partial(services.propose_agreement, merchant.actor, subject=about, terms=terms())
        refused(Kind.UNMET, propose)
    assert not Acceptance.objects.exists()
