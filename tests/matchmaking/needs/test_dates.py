"""A creator's free days: several spans, none over another, and what they do to an order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from matchmaking.needs import services
from matchmaking.needs.fields import FreeSpan
from matchmaking.needs.models import FreeTime
from matchmaking.needs.ranking import CandidateList, fit_of
from portal.core import clock
from tests import factories
from tests.matchmaking.needs.checks import refused

pytestmark = pytest.mark.django_db


def span(first: int, last: int) -> FreeSpan:
    today = clock.today()
    return FreeSpan(today + timedelta(days=first), today + timedelta(days=last))


def asked(merchant):
    """From thirty days on, for a month."""
    return factories.open_need(merchant.actor, seeks="creator", service_ids=[], term_months=1)


def test_who_is_free_at_another_time_stands_outside_and_who_said_nothing_inside(merchant, creator):
    need = asked(merchant)
    assert len(CandidateList(need)) == 1, "nothing is said"
    services.set_free_days(creator.actor, spans=[span(0, 3), span(10, 29)])
    found = CandidateList(need)
    assert (len(found), [one.count for one in found.exclusions]) == (0, [1])
    lacking = {line.code: line.is_hard for line in fit_of(need, creator.party).lacking}
    assert lacking["dates"] is True
    services.set_free_days(creator.actor, spans=[span(0, 3), span(10, 30)])
    [candidate] = CandidateList(need).slice(0, 9)
    assert str(clock.today()) in candidate.free
    assert "dates" in {line.code for line in fit_of(need, creator.party).met}
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert len(CandidateList(asked(merchant))) == 1, "what is over says nothing"


@pytest.mark.parametrize(
    "spans",
    [[(3, 2)], [(-9, -1)], [(0, 5), (5, 9)], [(0, 800)], [(n * 3, n * 3) for n in range(9)]],
)
def test_unsound_days_change_nothing(creator, spans):
    services.set_free_days(creator.actor, spans=[span(1, 1)])
    spans = [span(*pair) for pair in spans]
    refused(422, services.set_free_days, creator.actor, spans=spans)
    assert FreeTime.objects.count() == 1


def test_only_creators_say_when_they_are_free(merchant, provider):
    for stranger in (merchant, provider):
        refused(403, services.set_free_days, stranger.actor, spans=[])


def test_database_keeps_spans_apart(creator):
    [one] = services.set_free_days(creator.actor, spans=[span(1, 5)])
    over = DateRange(one.ends_on, one.ends_on + timedelta(days=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeTime.objects.create(party=creator.party, period=over)


def test_days_are_written_in_the_page_and_over_the_api(creator):
    browser, one = creator.browser(), span(1, 5)
    days = {"from_1": one.starts_on, "until_1": one.ends_on}
    half = browser.post("/free-days/", {"from_2": one.starts_on})
    assert half.context["form"].errors.keys() == {"until_2"}
    assert browser.post("/free-days/", days).status_code == 302
    assert f'value="{one.ends_on}"' in browser.get("/free-days/").content.decode()
    sent = browser.get("/api/v1/free-days/").json()
    assert sent == {"spans": [{"starts_on": str(one.starts_on), "ends_on": str(one.ends_on)}]}
