"""COPY writes what INSERT writes, whatever stands in a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from portal.core import bulk
from portal.core.models import AuditEntry, OutboxMessage
from portal.moderation.models import Case

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
TEXTS = ["", "谷雨\t粒", "two\nlines\r\n", r"back\slash \N \t", "\\.", "'\"{},", "😀", "\x01"]


def row(text: str, **more) -> AuditEntry:
    told = {"verb": "look", "object_type": "core.job", "object_id": "1", "why": text}
    after = {"text": text, "nested": [{"n": None}, 1.5, True]}
    return AuditEntry(at=NOW, role="system", via="demo", after=after, **(told | more))


def test_copied_rows_are_read_back_as_they_were():
    rows = [row(text) for text in TEXTS]
    bulk.number(rows)
    bulk.insert(rows)
    found = list(AuditEntry.objects.filter(via="demo").order_by("pk"))
    assert [r.pk for r in found] == [r.pk for r in rows]
    for written, read in zip(rows, found, strict=True):
        for field in AuditEntry._meta.concrete_fields:
            assert getattr(read, field.attname) == getattr(written, field.attname), field.name
    assert not any(r._state.adding for r in rows)


def test_texts_in_an_array_are_read_back_as_they_were():
    words = [text for text in TEXTS if len(text) <= 40]
    case = Case(
        kind="text",
        object_type="t",
        object_id="1",
        field="f",
        digest="d",
        url="/",
        words=words,
        opened_at=NOW,
    )
    bulk.insert([case])
    assert Case.objects.get().words == words


def test_rows_without_keys_are_numbered_by_the_database():
    bulk.insert([row("a"), row("b")])
    row("c").save()
    assert AuditEntry.objects.filter(via="demo").count() == 3


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.number([])
        bulk.insert([])


def test_copy_that_breaks_a_guard_writes_nothing():
    messages = [
        OutboxMessage(task="t", key="same", created_at=NOW, due_at=NOW) for _twice in range(2)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(messages)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("values", [[], [1, -2], ["own_live", "top"], TEXTS])
def test_arrays_are_read_back_as_they_were(values):
    base = "bigint" if values and isinstance(values[0], int) else "text"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE held (many {base}[]) ON COMMIT DROP")
        with cursor.copy("COPY held FROM STDIN") as copy:
            copy.write(bulk._array(values) + "\n")
        cursor.execute("SELECT many FROM held")
        assert cursor.fetchone() == (values,)


def test_value_that_copy_does_not_know_is_named():
    with pytest.raises(TypeError, match="set"), transaction.atomic():
        bulk.insert([row("a", object_id={1})])
    assert not AuditEntry.objects.filter(via="demo").exists()


def test_updated_rows_are_read_back_as_they_were(django_assert_num_queries):
    rows = [row(text) for text in TEXTS]
    bulk.number(rows)
    bulk.insert(rows)
    case = Case(
        kind="text", object_type="t", object_id="1", field="f", digest="d", url="/", opened_at=NOW
    )
    bulk.insert([case])
    case = Case.objects.get()
    case.digest, case.decided_at, case.field = "\\N'\"{}", None, "谷雨\t粒"
    with django_assert_num_queries(1):
        bulk.update([case], ["digest", "decided_at", "field"])
    found = Case.objects.get()
    assert (found.digest, found.decided_at, found.field) == (case.digest, None, case.field)
    with django_assert_num_queries(0):
        bulk.update([], ["digest"])
