"""A party's own rating opened: the numbers are the stored ones, the rest follows from them."""

from __future__ import annotations

from datetime import date

import pytest

from portal.evaluation import selectors
from portal.evaluation.models import Rating, Remedy
from portal.evaluation.states import SnapshotKind

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(provider):
    """Thirteen rated twice: the provider got better in T1 and worse in T3."""
    peers, method = factories.group(12), factories.method()
    values = dict(zip(peers, factories.peers_values(12), strict=True))
    before = values | {provider.party: factories.AVERAGE}
    after = values | {provider.party: factories.AVERAGE | {"T1": (45.0, 30), "T3": (70.0, 41)}}
    old = factories.snapshot(method, before, ends_on=date(2026, 9, 30))
    new = factories.snapshot(method, after, ends_on=date(2026, 10, 31), kind=SnapshotKind.PREVIEW)
    return old, new


@pytest.fixture
def board(world, provider):
    old, new = world
    [rating], [before] = (selectors.ratings_in(one, provider.party) for one in (new, old))
    return selectors.board_of(rating, before)


def test_opening_gives_the_stored_numbers(board):
    assert board.opened.score == pytest.approx(board.rating.score, abs=1e-6)
    for part in board.parts:
        assert part.steps.score == pytest.approx(part.score.score, abs=1e-6)
        for line in part.lines:
            assert line.steps.score == pytest.approx(line.row.scaled, abs=1e-6)


def test_newest_snapshot_is_compared_with_the_official_before(world):
    old, new = world
    assert selectors.shown_snapshots("provider").first() == new
    assert selectors.official_before(new) == old
    assert selectors.official_snapshot("provider") == old


def test_changes_add_up_to_what_is_shown(board):
    changes = selectors.changes_of(board)
    shown = round(board.rating.score, 2) - round(board.before.score, 2)
    assert sum(c.points for c in changes) == pytest.approx(shown, abs=1e-9)
    points = {change.code: change.points for change in changes}
    assert points["T1"] > 0 > points["T3"]
    drawn = selectors.drawn_steps(changes)
    assert sum(points for _name, points, _note in drawn) == pytest.approx(shown, abs=1e-9)


def test_levers_are_the_greatest_gains_by_the_engine(board):
    Remedy.objects.create(
        indicator="T1", kind="course", title_zh="考证", title_en="Exam", url="/c/", origin="c:1"
    )
    levers = selectors.levers_of(board)
    assert len(levers) == 3
    assert [lever.gain for lever in levers] == sorted((x.gain for x in levers), reverse=True)
    for lever in levers:
        trial = selectors.trial_of(board, {lever.line.code: lever.target})
        assert trial.gain == pytest.approx(lever.gain)
        assert lever.gain > 0


def test_trial_of_nothing_is_what_is(board):
    trial = selectors.trial_of(board, {})
    assert trial.score == pytest.approx(board.rating.score, abs=1e-6)
    assert trial.low == pytest.approx(board.rating.low, abs=1e-6)
    assert trial.place == board.rating.rank
    assert trial.best <= trial.place <= trial.worst


def test_trial_with_better_values_is_no_worse(board):
    trial = selectors.trial_of(board, {"T1": 80.0, "T3": 95.0})
    assert trial.gain > 0
    assert trial.place <= board.rating.rank


def test_strong_and_short_board(board):
    scores = {part.code: part.score.score for part in board.parts}
    standing = {part.standing: part.code for part in board.parts if part.standing}
    assert standing == {"strong": max(scores, key=scores.get), "short": min(scores, key=scores.get)}


def test_unrated_says_what_it_lacks(provider):
    values = {provider.party: {"T1": (40.0, 3), "C1": (3, None)}}
    made = factories.snapshot(factories.method(), values)
    [rating] = selectors.ratings_in(made, provider.party)
    board = selectors.board_of(rating, None)
    assert not board.is_rated
    assert board.lines["T1"].lack
    assert "5" in board.lines["T1"].lack
    assert board.lines["C3"].lack
    assert board.lines["C1"].lack == ""
    assert selectors.levers_of(board) == []
    assert selectors.sentences_of(rating, {}) == []


def test_three_sentences(board):
    names = {part.code: part.name for part in board.parts}
    assert len(selectors.sentences_of(board.rating, names)) == 3


def test_history_has_each_official_one_and_the_newest_preview(board):
    history = selectors.history_of(board.rating, "provider")
    assert [row["rating"] for row in history] == [board.before, board.rating]
    assert all(row["median"] for row in history)


def test_public_ratings_are_the_official_ones(world, provider, rival, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = selectors.public_ratings("provider", [provider.party.pk, rival.party.pk])
    [rating] = found[provider.party.pk]
    assert rating.snapshot == world[0]
    assert rival.party.pk not in found


def test_ratings_of_previews_are_the_partys_own(world, provider, rival):
    preview = Rating.objects.filter(snapshot=world[1], party=provider.party)
    assert preview.visible_to(provider.actor).exists()
    assert not preview.visible_to(rival.actor).exists()
