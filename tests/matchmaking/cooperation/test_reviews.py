"""Each side's word on the other: blind, once, through moderation, answered once, on the profile."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation import personal, services
from matchmaking.cooperation.fields import AnswerFields, ReviewFields
from matchmaking.cooperation.models import Review
from matchmaking.cooperation.selectors import reviews_of, standing_of
from portal.core import clock
from portal.moderation import services as moderation
from portal.moderation.models import Case, Word
from portal.moderation.states import Level
from portal.moderation.words import forget_words
from portal.notices.models import Notice
from tests.factories import SYSTEM
from tests.matchmaking.cooperation.conftest import sold
from tests.matchmaking.cooperation.test_life import refused

pytestmark = pytest.mark.django_db
GOOD = ReviewFields(5, 4, 3, "准时，沟通顺畅。")


def give(person, cooperation, fields=GOOD):
    return services.give_review(person.actor, cooperation=cooperation, fields=fields)


def read_by(person, cooperation):
    return [row for row, _can in reviews_of(person.actor, cooperation)]


def test_reviews_are_blind_until_both_have_spoken(over, merchant, provider):
    mine = give(merchant, over)
    assert mine.published_at is None
    assert read_by(provider, over) == []
    assert read_by(merchant, over) == [mine]
    assert "准时" not in provider.browser().get(over.get_absolute_url()).content.decode()
    assert standing_of(provider.party)["count"] == 0
    assert [told.event for told in Notice.objects.all()] == ["cooperation.reviewed"]
    theirs = give(provider, over, ReviewFields(2, 2, 2, ""))
    assert read_by(merchant, over) == [mine, theirs]
    assert read_by(provider, over) == [mine, theirs]
    assert standing_of(provider.party)["mean"] == 4
    assert standing_of(merchant.party)["mean"] == 2


def test_after_two_weeks_one_is_shown_alone_and_no_more_are_taken(over, merchant, provider):
    give(merchant, over)
    assert services.publish_reviews(SYSTEM) == 0
    with clock.standing_at(over.reviews_until):
        refused(lambda: give(provider, over), 409)
        assert services.publish_reviews(SYSTEM) == 1
        assert services.publish_reviews(SYSTEM) == 0
    assert len(read_by(provider, over)) == 1


def test_review_is_given_once_after_the_end_by_managers(running, merchant, provider, colleague):
    refused(lambda: give(merchant, running), 409)
    sold(running)
    for person in (merchant, provider):
        services.complete_cooperation(person.actor, cooperation=running)
    refused(lambda: give(colleague, running), 403)
    give(merchant, running)
    refused(lambda: give(merchant, running), 409)
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        ReviewFields(0, 5, 5),
        ReviewFields(5, 6, 5),
        ReviewFields(5, 5, 5, "x" * 601),
        ReviewFields(5, 5, 5, "加我微信 13812345678"),
    ],
)
def test_review_that_cannot_be_is_refused(over, merchant, fields):
    refused(lambda: give(merchant, over, fields), 422)
    assert not Review.objects.exists()


def test_answer_is_given_once_by_whom_it_is_about(over, merchant, provider):
    review = give(merchant, over)
    said = AnswerFields("感谢，下次改进。")

    def answer(person):
        return services.answer_review(person.actor, review=review, fields=said)

    refused(lambda: answer(provider), 409)  # not shown yet
    give(provider, over)
    refused(lambda: answer(merchant), 403)
    refused(
        lambda: services.answer_review(provider.actor, review=review, fields=AnswerFields(" ")),
        422,
    )
    answer(provider)
    refused(lambda: answer(provider), 409)
    assert Review.objects.get(pk=review.pk).public_answer == "感谢，下次改进。"


def test_text_that_a_person_must_look_at_is_held_and_shown_after(
    over, merchant, provider, operator
):
    word = Word.objects.filter(level=Level.REVIEW).first()
    assert word is not None
    forget_words()
    review = give(merchant, over, ReviewFields(5, 5, 5, f"他们说{word.text}"))
    give(provider, over)
    assert (review.text_held, review.public_text) == (True, "")
    assert word.text not in provider.browser().get(over.get_absolute_url()).content.decode()
    moderation.pass_case(operator.actor, case=Case.objects.get(object_type="cooperation.review"))
    review.refresh_from_db()
    assert review.public_text


def test_profile_shows_what_was_said_and_not_by_whom(over, merchant, provider, client):
    give(merchant, over)
    give(provider, over, ReviewFields(3, 3, 3, "付款及时。"))
    seller = client.get(f"/providers/{provider.party.pk}/").content.decode()
    assert "准时，沟通顺畅。" in seller
    assert merchant.party.name not in seller
    buyer = client.get(f"/merchants/{merchant.party.pk}/").content.decode()
    assert "付款及时。" in buyer
    assert provider.party.name not in buyer


@pytest.mark.parametrize("wrong", [{"result": 0}, {"result": 6}, {"answer": "x"}])
def test_review_that_cannot_be_is_refused_by_the_database(over, merchant, wrong):
    review = give(merchant, over)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**wrong)


def test_list_of_reviews_asks_as_often_for_one_as_for_more(
    over, merchant, provider, client, django_assert_max_num_queries
):
    give(merchant, over)
    give(provider, over)
    path = f"/providers/{provider.party.pk}/"
    client.get(path)
    with django_assert_max_num_queries(20) as first:
        client.get(path)
    row = Review.objects.get(about=provider.party)
    assert row.published_at is not None
    with django_assert_max_num_queries(len(first)):
        client.get(path)


def test_words_of_a_natural_person_are_told_and_forgotten(over, merchant, provider):
    give(merchant, over)
    give(provider, over)
    told = personal.tell_reviews(merchant.user)
    assert [row["text"] for row in told] == [GOOD.text]
    personal.forget_words(merchant.user, [merchant.party])
    assert Review.objects.get(by=merchant.party).text == GOOD.text, "a firm's words are the firm's"
    provider.party.kind, provider.party.uscc = "creator", ""
    personal.forget_words(provider.user, [provider.party])
    assert Review.objects.get(by=provider.party).text == ""


def test_reviews_stay_after_two_weeks(over, merchant, provider):
    give(merchant, over)
    give(provider, over)
    with clock.standing_at(over.reviews_until + timedelta(days=1)):
        assert services.publish_reviews(SYSTEM) == 0
        assert len(read_by(merchant, over)) == 2


def test_who_has_not_spoken_is_reminded_once_before_the_days_end(over, merchant, provider):
    assert services.remind_of_reviews() == 0, "eleven days are left"
    give(merchant, over)
    Notice.objects.all().delete()
    with clock.standing_at(over.ended_at + timedelta(days=11, hours=1)):
        for _time in range(2):
            assert services.remind_of_reviews() == 1
    told = Notice.objects.get(event="cooperation.review_closing")
    assert told.user == provider.user
    with clock.standing_at(over.ended_at + timedelta(days=15)):
        assert services.remind_of_reviews() == 0
