"""The audit trail can be written and read, and nothing else, by the role the site runs as."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.core import audit
from portal.core.actor import system_actor
from portal.core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


def refuse(statement: str, match: str = "permission denied") -> None:
    with (
        pytest.raises(ProgrammingError, match=match),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(statement)


def test_tests_run_as_the_sites_own_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("trilink_app", False, False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET verb = 'nothing'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
    ],
)
def test_audit_row_once_written_stays(merchant, statement):
    before = list(AuditEntry.objects.order_by("id").values())
    assert before
    refuse(statement)
    assert list(AuditEntry.objects.order_by("id").values()) == before


def test_audit_row_cannot_be_saved_over(merchant):
    entry = AuditEntry.objects.order_by("id").last()
    entry.verb = "nothing"
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        entry.save()
    entry.refresh_from_db()
    assert entry.verb != "nothing"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999', now())",
        "UPDATE django_migrations SET app = 'x'",
        "DELETE FROM django_migrations",
        "TRUNCATE django_migrations",
    ],
)
def test_migrations_are_written_by_the_owner_only(statement):
    refuse(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE core_auditentry",
        "ALTER TABLE core_auditentry ADD COLUMN x int",
        "CREATE TABLE evil (id int)",
    ],
)
def test_schema_is_changed_by_the_owner_only(statement):
    refuse(statement, match="must be owner|permission denied")


def test_role_cannot_give_itself_rights():
    with connection.cursor() as cursor:  # PostgreSQL only warns
        cursor.execute("GRANT UPDATE, DELETE, TRUNCATE ON core_auditentry TO trilink_app")
    refuse("DELETE FROM core_auditentry")


def test_audit_says_who_what_and_why(merchant):
    audit.record(
        merchant.actor,
        "tested",
        merchant.party,
        before={"at": datetime(2026, 1, 2, tzinfo=UTC)},
        after={"rows": [1, 2]},
        why="to see",
    )
    entry = audit.trail(merchant.party).last()
    assert (entry.user, entry.party_id, entry.role, entry.via) == (
        merchant.user,
        merchant.party.pk,
        "owner",
        "web",
    )
    assert (entry.verb, entry.object_type) == ("tested", "parties.party")
    assert (entry.before, entry.after, entry.why) == (
        {"at": "2026-01-02T00:00:00Z"},
        {"rows": [1, 2]},
        "to see",
    )


def test_audit_row_goes_with_its_change():
    with transaction.atomic():
        audit.record(system_actor("command"), "tested", factories.user("a@example.com"))
        transaction.set_rollback(True)
    assert not AuditEntry.objects.filter(verb="tested").exists()


def test_trail_is_of_one_object_oldest_first(merchant, provider):
    verbs = [entry.verb for entry in audit.trail(provider.party)]
    assert verbs == ["register_party", "submit_party", "approve_party", "list_party"]


def test_audit_of_a_party_holds_no_phone(merchant):
    fields = factories.party_fields(uscc=merchant.party.uscc, contact_phone="13899990000")
    factories.parties.update_party(merchant.actor, party=merchant.party, fields=fields)
    written = str(list(AuditEntry.objects.values("before", "after")))
    assert "13899990000" not in written
    assert "13800001111" not in written
