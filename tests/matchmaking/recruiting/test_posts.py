"""A post from draft to its end."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.recruiting import services
from matchmaking.recruiting.models import Post
from matchmaking.recruiting.sources import read_source_rules
from portal.core import clock
from portal.core.clock import SHANGHAI
from portal.core.models import AuditEntry
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.recruiting.checks import refused

pytestmark = pytest.mark.django_db


def test_post_opens_and_everybody_sees_it(creator, merchant, stranger):
    draft = factories.draft_post(creator.actor)
    assert not Post.objects.visible_to(merchant.actor).exists()
    services.publish_post(creator.actor, post=draft)
    for person in (merchant, stranger, creator):
        assert Post.objects.visible_to(person.actor).get().status == "open"
    verbs = AuditEntry.objects.filter(object_type="recruiting.post").values_list("verb", flat=True)
    assert [*verbs.order_by("id")] == ["create_post", "publish_post"]


def test_agency_posts_too(agency):
    assert factories.open_post(agency.actor).status == "open"


def test_merchant_and_colleague_write_no_post(merchant, colleague):
    for person in (merchant, colleague):
        with refused(403, "Only creators and agencies"):
            factories.draft_post(person.actor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a\nb"}, "title"),
        ({"category_ids": []}, "category_ids"),
        ({"price_high_fen": 0}, "price_high_fen"),
        ({"price_low_fen": 30_000}, "price_high_fen"),
        ({"commission_least_bp": 5_100}, "commission_least_bp"),
        ({"sources": []}, "sources"),
        ({"sources": ["shop", "taobao"]}, "sources"),
        ({"samples_wanted": 51}, "samples_wanted"),
        ({"term_months": 0}, "term_months"),
        ({"carrier": "radio"}, "carrier"),
    ],
)
def test_unsound_post_is_refused_at_its_field(creator, changes, field):
    with refused(422) as caught:
        factories.draft_post(creator.actor, **changes)
    assert caught.value.verdict.flaws[0].field == field


def test_last_day_is_before_the_first_showing(creator):
    today = clock.today()
    for days in ({"closes_on": today - timedelta(days=1)}, {"live_on": today}):
        with refused(422):
            factories.draft_post(creator.actor, **days)


@pytest.mark.parametrize(
    ("carrier", "day", "is_allowed"),
    [
        ("live", date(2020, 9, 5), True),
        ("live", date(2020, 9, 6), False),
        ("live", date(2020, 10, 9), False),
        ("video", date(2020, 10, 9), True),
    ],
)
def test_other_sources_are_shown_until_the_rule_of_the_day(carrier, day, is_allowed):
    allowed = read_source_rules().allowed(carrier, day)
    assert ("taobao" in allowed) is is_allowed
    assert "shop" in allowed


def test_rule_of_the_day_is_told_with_the_field(creator):
    with clock.standing_at(datetime(2020, 10, 1, tzinfo=SHANGHAI)), refused(422, "2020-10-09"):
        factories.draft_post(
            creator.actor,
            sources=["taobao"],
            live_on=date(2020, 10, 20),
            closes_on=date(2020, 10, 8),
        )


def test_published_post_is_edited_no_more(creator):
    post = factories.open_post(creator.actor)
    with refused(409, "can no longer be edited"):
        services.update_post(creator.actor, post=post, fields=factories.post_fields())


def test_colleague_who_saved_meanwhile_is_not_overwritten(creator):
    stale = factories.draft_post(creator.actor)
    fresh = Post.objects.get(pk=stale.pk)
    services.update_post(creator.actor, post=fresh, fields=factories.post_fields(title="新的"))
    with refused(409, "changed meanwhile"):
        services.update_post(creator.actor, post=stale, fields=factories.post_fields())


def test_paused_post_takes_nothing_and_opens_again(creator, merchant):
    post = services.pause_post(creator.actor, post=factories.open_post(creator.actor))
    assert post.paused_at is not None
    product = factories.listed_product(merchant.actor)
    with refused(409, "paused"):
        factories.submitted_application(merchant.actor, post, product)
    post = services.resume_post(creator.actor, post=post)
    assert post.paused_at is None
    assert factories.submitted_application(merchant.actor, post, product).status == "submitted"
    with refused(409, "not paused"):
        services.resume_post(creator.actor, post=post)


def test_closing_rejects_those_who_wait_and_tells_them(creator, merchant):
    post = factories.open_post(creator.actor)
    application = factories.submitted_application(merchant.actor, post)
    services.close_post(creator.actor, post=post)
    application.refresh_from_db()
    assert (application.status, application.reason) == ("rejected", "closed")
    told = Notice.objects.filter(user=merchant.user, event="recruiting.rejected")
    assert told.count() == 1
    with refused(409):
        services.close_post(creator.actor, post=post)


def test_post_runs_out_and_is_decided_on_still(creator, merchant):
    post = factories.open_post(creator.actor)
    application = factories.submitted_application(merchant.actor, post)
    later = clock.now() + timedelta(days=8)
    with clock.standing_at(later):
        assert services.expire_posts(factories.SYSTEM) == 1
        assert services.expire_posts(factories.SYSTEM) == 0
        post.refresh_from_db()
        assert post.status == "expired"
        another = factories.listed_product(merchant.actor)
        with refused(409):
            factories.submitted_application(merchant.actor, post, another)
        services.accept_application(creator.actor, application=application)


def test_post_that_ran_out_is_given_more_time(creator):
    post = factories.open_post(creator.actor)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        services.expire_posts(factories.SYSTEM)
        with refused(422):
            services.extend_post(creator.actor, post=post, closes_on=post.closes_on)
        later = clock.today() + timedelta(days=3)
        post = services.extend_post(creator.actor, post=post, closes_on=later)
    assert (post.status, post.closes_on, post.ended_at) == ("open", later, None)


def test_stranger_to_a_post_changes_nothing(creator, agency):
    post = factories.open_post(creator.actor)
    for service in (services.close_post, services.pause_post):
        with refused(403):
            service(agency.actor, post=post)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "open", "published_at": None},
        {"price_high_fen": 1},
        {"sources": []},
        {"sources": ["moon"]},
        {"status": "closed"},
        {"term_months": 25},
    ],
)
def test_database_keeps_a_post_whole(creator, wrong):
    post = factories.open_post(creator.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(**wrong)
