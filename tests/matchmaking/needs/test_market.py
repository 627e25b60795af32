"""The offers kept in the process: as new as each look, and never what was undone."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.ranking.market import market_of
from portal.core import clock
from portal.parties import services as parties
from portal.parties.models import Category, OfferChange, Party, PartyCategory, ProviderProfile
from portal.parties.states import PartyKind
from portal.parties.tasks import prune_offer_changes
from tests import factories
from tests.factories import SYSTEM

PROVIDER = PartyKind.PROVIDER


def ids():
    return set(market_of(PROVIDER).pool.ids.tolist())


def queries_of(call):
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


@pytest.mark.django_db
def test_every_way_of_writing_shows_within_its_transaction():
    party = factories.listed_party(PROVIDER, "云帆电商")
    assert party.pk in ids()
    Party.objects.filter(pk=party.pk).update(status="hidden")
    assert party.pk not in ids()
    parties.list_party(SYSTEM, party=Party.objects.get(pk=party.pk))
    assert party.pk in ids()
    ProviderProfile.objects.filter(party=party).update(price_high_fen=7_777_700)
    pool = market_of(PROVIDER).pool
    assert pool.price_high[pool.ids == party.pk].tolist() == [7_777_700]
    beauty = Category.objects.get(code="beauty")
    PartyCategory.objects.filter(party=party).update(category=beauty)
    market = market_of(PROVIDER)
    shares = market.pool.category_shares[market.pool.ids == party.pk][0]
    assert shares[market.columns.category_of[beauty.pk]] == 1
    profile = ProviderProfile.objects.get(party=party)
    profile.services.clear()
    pool = market_of(PROVIDER).pool
    assert not pool.services[pool.ids == party.pk].any()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE parties_party SET status = 'suspended' WHERE id = %s", [party.pk])
    assert party.pk not in ids()


@pytest.mark.django_db
def test_markets_are_kept_apart_by_kind(provider, agency, creator, merchant):
    everyone = {kind: set(market_of(kind).pool.ids.tolist()) for kind in PartyKind}
    assert everyone == {
        PartyKind.PROVIDER: {provider.party.pk},
        PartyKind.AGENCY: {agency.party.pk},
        PartyKind.CREATOR: {creator.party.pk},
        PartyKind.MERCHANT: {merchant.party.pk},
    }


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_kept_for_nobody():
    kept = factories.listed_party(PROVIDER, "云帆电商")
    assert ids() == {kept.pk}
    with transaction.atomic():
        party = factories.listed_party(PROVIDER, "北斗直播")
        assert ids() == {kept.pk, party.pk}
        transaction.set_rollback(True)
    assert ids() == {kept.pk}


@pytest.mark.django_db(transaction=True)
def test_look_costs_one_query_until_somebody_changes():
    party = factories.listed_party(PROVIDER, "云帆电商")
    factories.listed_party(PROVIDER, "北斗直播")
    first = market_of(PROVIDER)
    assert queries_of(lambda: market_of(PROVIDER)) == 1
    again = market_of(PROVIDER)
    assert (again.version, again.pool) == (first.version, first.pool)
    factories.draft_party(PROVIDER, "未上架")  # not listed: nothing to rank anew
    assert market_of(PROVIDER).version == first.version
    parties.hide_party(SYSTEM, party=party)
    assert queries_of(lambda: market_of(PROVIDER)) == 2, "only what changed is read"
    assert market_of(PROVIDER).version != first.version


@pytest.mark.django_db(transaction=True)
def test_transaction_that_stays_open_makes_nothing_new_again():
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        party = factories.listed_party(PROVIDER, "云帆电商")
        version = market_of(PROVIDER).version
        assert queries_of(lambda: market_of(PROVIDER)) == 1
        assert market_of(PROVIDER).version == version
        parties.hide_party(SYSTEM, party=party)
        assert ids() == set()
    finally:
        other.rollback()
        other.close()


@pytest.mark.django_db(transaction=True)
def test_commit_that_was_under_way_at_the_look_is_seen_by_the_next():
    """A change written before another reader's look and committed after it, with a lower id than
    one that was committed before."""
    first = factories.listed_party(PROVIDER, "云帆电商")
    second = factories.listed_party(PROVIDER, "北斗直播")
    market_of(PROVIDER)

    def looks_in_between():
        parties.hide_party(SYSTEM, party=second)
        return ids()

    with transaction.atomic():
        parties.hide_party(SYSTEM, party=first)
        (seen,) = factories.at_once(looks_in_between)
        assert seen == {first.pk}
    assert ids() == set()


@pytest.mark.django_db(transaction=True)
def test_new_reference_data_is_seen():
    market_of(PROVIDER)
    Category.objects.create(code="new", name_zh="新", name_en="New", position=99)
    assert any(category.code == "new" for category in market_of(PROVIDER).columns.categories)


@pytest.mark.django_db(transaction=True)
def test_order_is_kept_for_its_need_and_no_longer_than_the_market(merchant):
    factories.listed_party(PROVIDER, "云帆电商")
    need = factories.open_need(merchant.actor)
    first = CandidateList(need).ranking
    assert CandidateList(need).ranking is first
    need.budget_high_fen += 100_000_000
    assert CandidateList(need).ranking is not first
    factories.listed_party(PROVIDER, "北斗直播")
    assert len(CandidateList(need)) == 2


@pytest.mark.django_db
def test_journal_is_pruned():
    factories.listed_party(PROVIDER, "云帆电商")
    written = OfferChange.objects.count()
    assert prune_offer_changes() == 0
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert prune_offer_changes() == written > 0
