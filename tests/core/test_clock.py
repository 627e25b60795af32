from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_today_begins_at_midnight_in_shanghai():
    with clock.standing_at(datetime(2026, 5, 31, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 5, 31)
    with clock.standing_at(datetime(2026, 5, 31, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 1)


def test_standing_at_ends_with_its_block_and_nests():
    inner, outer = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
    with clock.standing_at(outer):
        with clock.standing_at(inner):
            assert clock.now() == inner
        assert clock.now() == outer
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=5)


def test_standing_at_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.standing_at(datetime(2026, 1, 1)):
        pass
