"""What the database itself refuses to the role the site runs as, whatever the program does."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from portal.ledger.models import Account, Entry, Journal
from portal.ledger.services import Place, open_account, post
from portal.ledger.states import Kind, Track
from tests.factories import SYSTEM
from tests.ledger.books import posting_of, sale

pytestmark = pytest.mark.django_db

JOURNAL = """
    INSERT INTO ledger_journal (id, key, content, cause_type, cause_id, occurred_at, posted_at,
        period, text, role, via)
    VALUES (%s, %s, gen_random_uuid(), 't', '1', now(), now(), '2026-03-01', '', 'system', 'test')
"""
LEG = "INSERT INTO ledger_entry (journal_id, account_id, amount, part) VALUES (%s, %s, %s, '')"
FREE = 900_000_000  # a journal's number that no sequence has reached


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _all_of(work):
    with transaction.atomic():
        for statement, *values in work:
            run(statement, *values)
        run("SET CONSTRAINTS ALL IMMEDIATE")


def refused(name, *work):
    """Each statement in turn, deferred checks at once; the named constraint refuses."""
    before = (Journal.objects.count(), Entry.objects.count())
    with pytest.raises(IntegrityError) as caught:
        _all_of(work)
    run("SET CONSTRAINTS ALL DEFERRED")
    assert caught.value.__cause__.diag.constraint_name == name
    assert (Journal.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("table", ["account", "journal", "entry", "closing"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_written_row_stays(books, table, change):
    post(SYSTEM, posting=sale(books))
    column = {"closing": "month"}.get(table, "id")
    statement = change.format(f"ledger_{table}", column, column)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(statement)


@pytest.mark.parametrize("table", ["journal", "entry"])
def test_triggers_cannot_be_turned_off(books, table):
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        run(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("SET session_replication_role = replica")


def test_balanced_journal_is_taken(books):
    run(JOURNAL, FREE, "balanced")
    run(
        f"{LEG}, (%s, %s, %s, '')",
        *(FREE, books.clearing, -7, FREE, books.share, 7),
    )
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert Entry.objects.filter(journal=FREE).count() == 2


def test_unbalanced_journal_is_refused(books):
    refused(
        "ledger_journal_is_balanced",
        (JOURNAL, FREE, "unbalanced"),
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.clearing, -7, FREE, books.share, 8),
    )


def test_two_wrongs_make_no_balanced_journal(books):
    """Everything of the statement is zero together, but neither journal is."""
    refused(
        "ledger_journal_is_balanced",
        (JOURNAL, FREE, "short"),
        (JOURNAL, FREE + 1, "long"),
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.clearing, -7, FREE + 1, books.share, 7),
    )


def test_tracks_do_not_balance_each_other(books):
    refused(
        "ledger_journal_is_balanced",
        (JOURNAL, FREE, "mixed"),
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.expected, -7, FREE, books.share, 7),
    )


def test_journal_without_legs_is_refused(books):
    refused("ledger_journal_has_legs", (JOURNAL, FREE, "empty"))


def test_zero_leg_is_refused(books):
    refused(
        "ledger_leg_is_not_zero",
        (JOURNAL, FREE, "zero"),
        (LEG, FREE, books.share, 0),
    )


def test_leg_on_no_account_is_refused(books):
    refused(
        "ledger_leg_has_an_account",
        (JOURNAL, FREE, "nowhere"),
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.share, 1, FREE, 0, -1),
    )


def test_leg_of_no_journal_is_refused(books):
    refused(
        "ledger_leg_is_of_its_transaction",
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.share, 1, FREE, books.clearing, -1),
    )


@pytest.mark.parametrize(
    "claimed", ["'5'::xid8", "(pg_current_xact_id()::text::bigint + 9)::text::xid8"]
)
def test_leg_cannot_claim_another_transaction(books, claimed):
    legs = "INSERT INTO ledger_entry (journal_id, account_id, amount, part, xact) VALUES"
    refused(
        "ledger_leg_has_an_account",
        (JOURNAL, FREE, "forged"),
        (
            f"{legs} (%s, %s, 1, '', {claimed}), (%s, %s, -1, '', {claimed})",
            *(FREE, books.share, FREE, books.clearing),
        ),
    )


def test_journal_cannot_claim_another_transaction(books):
    journal = JOURNAL.replace("via)", "via, xact)").replace("'test')", "'test', '5')")
    refused(
        "ledger_leg_is_of_its_transaction",
        (journal, FREE, "forged"),
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.share, 1, FREE, books.clearing, -1),
    )


def test_many_bad_legs_are_seen_as_one_is(books):
    """Above a hundred the check is planned anew; it is the same."""
    journals = ", ".join(
        f"({FREE + n}, 'many-{n}', gen_random_uuid(), 't', '1', now(), now(), '2026-03-01', '',"
        " 'system', 'test')"
        for n in range(100)
    )
    legs = [
        f"({FREE + n}, {books.share}, 1, ''), ({FREE + n}, {books.fees}, -1, '')"
        for n in range(100)
    ]
    head = JOURNAL.partition("VALUES")[0]
    leg = LEG.partition("VALUES")[0]
    legs[50] = legs[50].replace(", -1,", ", -2,")
    refused(
        "ledger_journal_is_balanced",
        (f"{head} VALUES {journals}",),
        (f"{leg} VALUES {', '.join(legs)}",),
    )


def test_temporary_table_does_not_stand_in_for_the_books(books):
    run("CREATE TEMP TABLE ledger_account AS SELECT * FROM public.ledger_account")
    run("UPDATE ledger_account SET id = 0 WHERE id = %s", books.clearing)
    refused(
        "ledger_leg_has_an_account",
        (JOURNAL.replace("ledger_journal", "public.ledger_journal"), FREE, "shadow"),
        (f"{LEG}, (%s, %s, %s, '')", FREE, books.share, 1, FREE, 0, -1),
    )


@pytest.mark.django_db(transaction=True)
def test_leg_added_by_a_later_transaction_is_refused(books):
    known = post(SYSTEM, posting=sale(books)).journal_id
    refused(
        "ledger_leg_is_of_its_transaction",
        (f"{LEG}, (%s, %s, %s, '')", known, books.share, 1, known, books.clearing, -1),
    )


def test_leg_within_a_savepoint_is_of_its_transaction(books):
    with transaction.atomic():
        posted = post(SYSTEM, posting=sale(books))
        with transaction.atomic():
            run(
                f"{LEG}, (%s, %s, 2, '')",
                posted.journal_id,
                books.share,
                -2,
                posted.journal_id,
                books.fees,
            )
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert Entry.objects.filter(journal=posted.journal_id).count() == 5


def test_estimate_is_never_payable(merchant):
    place = Place(merchant.party.pk, Kind.AVAILABLE, Track.ESTIMATED)
    with pytest.raises(IntegrityError, match="ledger_estimate"), transaction.atomic():
        open_account(SYSTEM, place=place)


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.AVAILABLE])
def test_platform_has_no_share(db, kind):
    with pytest.raises(IntegrityError, match="of_party_or_platform"), transaction.atomic():
        open_account(SYSTEM, place=Place(None, kind, Track.SETTLED))


def test_account_is_there_once(books, merchant):
    place = Place(merchant.party.pk, Kind.SHARE, Track.SETTLED)
    assert open_account(SYSTEM, place=place) == books.share
    with pytest.raises(IntegrityError, match="ledger_account_once"), transaction.atomic():
        Account.objects.create(
            party=merchant.party,
            kind=place.kind,
            track=place.track,
            currency="CNY",
            opened_at="2026-01-01T00:00Z",
        )


def test_service_meets_the_same_guard(books):
    """Zero together, which the rule sees; not within each track, which the database sees."""
    before = Journal.objects.count()
    with pytest.raises(IntegrityError, match="ledger_journal_is_balanced"):
        post(SYSTEM, posting=posting_of((books.expected, 5), (books.share, -5)))
    assert Journal.objects.count() == before
