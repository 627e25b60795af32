"""Many questions in one query answer as each would alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from portal.core.existence import have_any, keys_of_each
from portal.parties.models import Membership, Party

pytestmark = pytest.mark.django_db


def test_many_questions_are_one_query_and_each_has_its_own_answer(merchant, provider):
    members = Membership.objects.filter(party=OuterRef("pk"))
    parties = Party.objects.select_related("city").order_by("name")
    busy = parties.annotate(n=Count("membership")).filter(n__gt=0)
    asked = [
        parties.filter(pk=merchant.party.pk),
        parties.filter(pk=0),
        Party.objects.none(),
        parties.filter(pk__in=[]),
        parties.filter(Exists(members))[:1],
        parties.filter(~Exists(members))[:1],
        busy,
        busy.filter(n__gt=9),
        parties.values("kind").annotate(n=Count("pk")).order_by("n"),
        parties.filter(pk=merchant.party.pk).union(parties.filter(pk=provider.party.pk)),
        parties.filter(name="100%"),
    ]
    with CaptureQueriesContext(connection) as queries:
        found = have_any(asked)
    assert (found, len(queries)) == ([rows.exists() for rows in asked], 1)
    assert found.count(True) == 5


def test_what_needs_no_question_asks_none():
    with CaptureQueriesContext(connection) as queries:
        assert have_any([]) == []
        assert have_any([Party.objects.none()]) == [False]
    assert len(queries) == 0


def test_keys_of_many_queries_are_one_query(merchant, provider, agency):
    parties = Party.objects.order_by("-pk").values("pk")
    newest = Membership.objects.select_related("party").order_by("-created_at", "-pk")
    asked = [parties[:2], Party.objects.none().values("pk"), newest.values("pk")[:1], parties[:0]]
    with CaptureQueriesContext(connection) as queries:
        found = keys_of_each(asked)
    told = [{str(row["pk"]) for row in rows} for rows in asked]
    assert ([set(keys) for keys in found], len(queries)) == (told, 1)
    assert (len(found[0]), keys_of_each([])) == (2, [])
