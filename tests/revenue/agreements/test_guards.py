"""What the database itself refuses, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError

from portal.revenue.models import Acceptance, Agreement, AgreementVersion
from tests.conftest import Person

from .making import agreed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revenue_agreementversion SET document = '{}'",
        "UPDATE revenue_agreementversion SET starts_on = '2020-01-01'",
        "DELETE FROM revenue_agreementversion",
        "TRUNCATE revenue_agreementversion CASCADE",
        "UPDATE revenue_acceptance SET at = now()",
        "DELETE FROM revenue_acceptance",
        "UPDATE revenue_agreement SET role = 'commission'",
    ],
)
def test_the_site_cannot_rewrite_a_paper(merchant: Person, provider: Person, statement) -> None:
    agreed(merchant, provider)

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_two_versions_are_in_force_on_one_day(merchant: Person, provider: Person) -> None:
    first = agreed(merchant, provider)

    with (
        pytest.raises(IntegrityError, match="agreement_one_version_in_force"),
        transaction.atomic(),
    ):
        copy_of(first, number=2)


def test_one_paper_a_subject(merchant: Person, provider: Person) -> None:
    first = agreed(merchant, provider).agreement

    with pytest.raises(IntegrityError, match="agreement_once_a_subject"), transaction.atomic():
        Agreement.objects.create(
            payer=first.payer,
            payee=first.payee,
            role=first.role,
            scope_kind="whole",
            created_at=first.created_at,
        )


def test_in_force_needs_acceptance(merchant: Person, provider: Person) -> None:
    first = agreed(merchant, provider)
    later = DateRange(first.in_force.lower, first.in_force.lower)

    for changes in ({"status": "open", "answered_at": None}, {"status": "declined"}):
        with pytest.raises(IntegrityError, match="accepted_is_in_force"), transaction.atomic():
            copy_of(first, number=2, in_force=later, **changes)


def test_each_side_accepts_once(merchant: Person, provider: Person) -> None:
    first = agreed(merchant, provider)

    with pytest.raises(IntegrityError, match="acceptance_once_a_side"), transaction.atomic():
        Acceptance.objects.create(version=first, side="payer", at=first.proposed_at, sha256="")


def copy_of(version: AgreementVersion, **changes) -> AgreementVersion:
    names = [
        field.attname for field in AgreementVersion._meta.concrete_fields if field.name != "id"
    ]
    values = {name: getattr(version, name) for name in names} | changes
    return AgreementVersion.objects.create(**values)
