"""A snapshot is what its facts make: anybody with the database can make it again."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from portal.evaluation.models import Fact, Rating
from tests.evaluation.makers import (
    providers_with_facts,
    published_official,
    small_method_in_force,
)

pytestmark = pytest.mark.django_db(transaction=True)


def recomputed(snapshot, capsys) -> tuple[int, str]:
    try:
        call_command("recompute", str(snapshot.pk))
    except SystemExit as ended:
        return int(ended.code), capsys.readouterr().out
    return 0, capsys.readouterr().out


def as_owner(statement: str, values: list[object]) -> None:
    """What no service can do, the database's owner can."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def test_snapshot_is_made_again_bit_for_bit_and_a_changed_row_is_found(capsys):
    providers = providers_with_facts()
    snapshot = published_official(small_method_in_force())
    code, said = recomputed(snapshot, capsys)
    assert code == 0, said
    assert "9 ratings, the same bit for bit" in said

    fact = Fact.objects.filter(party=providers[0], measure="satisfaction").earliest("pk")
    as_owner("UPDATE evaluation_fact SET value = 1 WHERE id = %s", [fact.pk])
    code, said = recomputed(snapshot, capsys)
    assert code == 1
    for what in ("facts", "values", "scores", f"rating: {providers[0].pk}:live-room"):
        assert f"differs: {what}" in said

    as_owner("UPDATE evaluation_fact SET value = %s WHERE id = %s", [fact.value, fact.pk])
    assert recomputed(snapshot, capsys)[0] == 0
    rating = Rating.objects.get(snapshot=snapshot, rank=1)
    as_owner("ALTER TABLE evaluation_rating DISABLE TRIGGER rating_written_once", [])
    as_owner("UPDATE evaluation_rating SET score = score + 0.000001 WHERE id = %s", [rating.pk])
    code, said = recomputed(snapshot, capsys)
    assert code == 1
    assert "stored scores" in said
    as_owner("ALTER TABLE evaluation_rating ENABLE TRIGGER rating_written_once", [])


def test_unknown_snapshot_is_exit_code_2():
    with pytest.raises(CommandError) as error:
        call_command("recompute", "999")
    assert error.value.returncode == 2
