"""Applications: thresholds, decisions, negotiation, the clock."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from matchmaking.catalogue import services as catalogue
from matchmaking.cooperation import services as cooperating
from matchmaking.cooperation.fields import AmendmentFields, EndingFields
from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Block
from matchmaking.recruiting import services
from matchmaking.recruiting.fields import OfferFields
from matchmaking.recruiting.models import Application, Offer, Promise
from portal.core import clock
from portal.notices.models import Notice
from portal.parties.models import Category
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.recruiting.checks import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(creator):
    return factories.open_post(creator.actor)


@pytest.fixture
def application(merchant, post):
    return factories.submitted_application(merchant.actor, post)


def told(person, event):
    return Notice.objects.filter(user=person.user, event=f"recruiting.{event}").count()


def test_application_carries_what_was_promised_and_how_it_matches(
    creator, merchant, post, application
):
    assert (application.commission_bp, application.samples, application.version) == (2_000, 1, 1)
    assert 0 < application.match_bp <= 10_000
    assert application.price_fen == application.product.price_fen
    assert Offer.objects.get().number == 1
    assert told(creator, "submitted") == 1


def test_every_threshold_answers_at_once(merchant, post):
    other = Category.objects.get(code="apparel").pk
    product = factories.listed_product(merchant.actor, category_id=other, price_fen=30_000, stock=0)
    with refused(422) as caught:
        factories.submitted_application(
            merchant.actor, post, product, commission_bp=1_500, samples=0
        )
    sentence = str(caught.value)
    for part in ("category", "¥300", "15%, wanted 20%", "Samples: 0", "in stock"):
        assert part in sentence


def test_exclusive_post_wants_the_promise(creator, merchant):
    post = factories.open_post(creator.actor, is_exclusive=True)
    product = factories.listed_product(merchant.actor)
    with refused(422, "nobody else sells it"):
        factories.submitted_application(merchant.actor, post, product)
    made = factories.submitted_application(merchant.actor, post, product, is_exclusive=True)
    assert made.is_exclusive


def test_product_stands_once_and_again_after_a_no(creator, merchant, post, application):
    with refused(409, "offered to the post already"):
        factories.submitted_application(merchant.actor, post, application.product)
    services.reject_application(creator.actor, application=application, reason="price")
    with clock.standing_at(clock.now() + timedelta(days=7, minutes=1)):
        again = factories.submitted_application(merchant.actor, post, application.product)
    assert again.pk != application.pk


def test_database_keeps_one_standing_application(application):
    copy = Application.objects.get(pk=application.pk)
    copy.pk = None
    copy._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_database_wants_the_merchants_own_product(application, creator):
    copy = Application.objects.get(pk=application.pk)
    copy.pk, copy.merchant_id = None, creator.party.pk
    copy._state.adding = True
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.save()


def test_database_keeps_offers_as_they_were(application):
    with pytest.raises(DatabaseError), transaction.atomic():
        Offer.objects.update(commission_bp=1)


def test_someone_elses_product_is_not_offered(merchant, post):
    other = factories.listed_party("merchant", "别家")

    foreign = factories.listed_product(person_of(other).actor)
    with refused(403):
        factories.submitted_application(merchant.actor, post, foreign)


def test_product_out_of_the_pool_is_not_offered(merchant, post):
    product = factories.listed_product(merchant.actor)
    catalogue.pause_product(merchant.actor, product=product)
    product.refresh_from_db()
    with refused(422, "stand in the pool"):
        factories.submitted_application(merchant.actor, post, product)


def test_blocked_merchant_learns_nothing_but_that_none_is_taken(creator, merchant, post):
    product = factories.listed_product(merchant.actor)
    Block.objects.create(blocker=creator.party, blocked=merchant.party, at=clock.now())
    with refused(409, "^This post is not taking applications.$"):
        factories.submitted_application(merchant.actor, post, product)


def test_creator_and_member_do_not_apply(creator, colleague, merchant, post):
    product = factories.listed_product(merchant.actor)
    for person in (creator, colleague):
        with refused(403):
            factories.submitted_application(person.actor, post, product)


def test_several_are_accepted_and_each_has_its_cooperation(creator, merchant, post):
    first, second = (factories.submitted_application(merchant.actor, post) for _ in range(2))
    for application in (first, second):
        made = services.accept_application(creator.actor, application=application)
        assert (made.door, made.door_source) == ("recruiting", str(post.pk))
        assert (made.merchant, made.provider) == (merchant.party, creator.party)
        assert (made.share_bp, made.monthly_fee_fen) == (2_000, 0)
        assert made.agreement.role == "commission"
        application.refresh_from_db()
        assert application.cooperation == made
    assert Cooperation.objects.count() == 2
    assert told(merchant, "accepted") == 2


def test_rejected_product_waits_a_week_before_it_is_offered_again(creator, merchant, application):
    services.reject_application(creator.actor, application=application, reason="price")
    post, product = application.post, application.product
    with refused(409, "rejected here within seven days"):
        factories.submitted_application(merchant.actor, post, product)
    with clock.standing_at(clock.now() + timedelta(days=7, minutes=1)):
        again = factories.submitted_application(merchant.actor, post, product)
    assert again.status == "submitted"


def test_rejection_is_read_with_its_reason(creator, merchant, application):
    with refused(422, "Choose one of the reasons"):
        services.reject_application(creator.actor, application=application, reason="whatever")
    services.reject_application(
        creator.actor, application=application, reason="quality", note="包装不够"
    )
    application.refresh_from_db()
    assert (application.status, application.reason_note) == ("rejected", "包装不够")
    notice = Notice.objects.get(user=merchant.user, event="recruiting.rejected")
    assert "Not convinced of the quality" in str(notice.params)


def test_withdrawn_application_is_decided_no_more(creator, merchant, application):
    services.withdraw_application(merchant.actor, application=application, reason="stock")
    with refused(409, "no longer stands"):
        services.accept_application(creator.actor, application=application)
    assert told(creator, "withdrawn") == 1


def test_commission_is_negotiated_version_by_version(creator, merchant, application):
    services.counter_offer(
        creator.actor, application=application, fields=OfferFields(2_500, 2, "再高一点")
    )
    application.refresh_from_db()
    assert (application.status, application.waits_for) == ("negotiating", "merchant")
    with refused(409, "your own"):
        services.accept_application(creator.actor, application=application)
    services.counter_offer(merchant.actor, application=application, fields=OfferFields(2_200, 2))
    application.refresh_from_db()
    with refused(409, "version 3"):
        services.accept_application(creator.actor, application=application, version=2)
    services.counter_offer(creator.actor, application=application, fields=OfferFields(2_300, 2))
    application.refresh_from_db()
    services.agree_offer(merchant.actor, application=application)
    application.refresh_from_db()
    made = services.accept_application(creator.actor, application=application)
    assert made.share_bp == 2_300
    assert [(o.number, o.side, o.agrees_to) for o in Offer.objects.order_by("number")] == [
        (1, "merchant", None),
        (2, "poster", None),
        (3, "merchant", None),
        (4, "poster", None),
        (5, "merchant", 4),
    ]


def test_merchant_cannot_go_below_what_is_asked(creator, merchant, application):
    with refused(422, "At least 20%"):
        services.counter_offer(
            merchant.actor, application=application, fields=OfferFields(1_900, 1)
        )
    with refused(422, "on the table already"):
        services.counter_offer(creator.actor, application=application, fields=OfferFields(2_000, 1))


def test_product_that_left_the_pool_is_not_accepted(creator, merchant, application):
    catalogue.pause_product(merchant.actor, product=application.product)
    with refused(422, "stand in the pool"):
        services.accept_application(creator.actor, application=application)


def test_exclusive_promise_keeps_others_out(creator, agency, merchant):
    product = factories.listed_product(merchant.actor)
    mine = factories.open_post(creator.actor, is_exclusive=True)
    theirs = factories.open_post(agency.actor)
    waiting = factories.submitted_application(merchant.actor, theirs, product)
    first = factories.submitted_application(merchant.actor, mine, product, is_exclusive=True)
    services.accept_application(creator.actor, application=first)
    with refused(422, "promised to somebody else"):
        services.accept_application(agency.actor, application=waiting)


def test_promise_ends_with_its_cooperation_and_moves_with_it(creator, agency, merchant):
    product = factories.listed_product(merchant.actor)
    post = factories.open_post(creator.actor, is_exclusive=True)
    taken = factories.submitted_application(merchant.actor, post, product, is_exclusive=True)
    made = services.accept_application(creator.actor, application=taken)
    promise = Promise.objects.get()
    assert promise.plan.period.upper == promise.period.upper == made.ends_on
    longer = made.ends_on + timedelta(days=30)
    amendment = cooperating.propose_amendment(
        merchant.actor,
        cooperation=made,
        fields=AmendmentFields(ends_on=longer, note="再加一个月"),
    )
    cooperating.accept_amendment(creator.actor, amendment=amendment)
    promise = Promise.objects.get()
    assert promise.plan.period.upper == promise.period.upper == longer
    made.refresh_from_db()
    cooperating.end_cooperation(
        merchant.actor,
        cooperation=made,
        fields=EndingFields("plans", "换新品", clock.today()),
    )
    tomorrow = clock.today() + timedelta(days=1)
    promise = Promise.objects.select_related("plan").get()
    assert promise.period.upper == tomorrow
    assert promise.plan.period is None, "it would have begun tomorrow"
    with clock.standing_at(clock.now() + timedelta(days=1)):
        theirs = factories.open_post(agency.actor, is_exclusive=True)
        again = factories.submitted_application(merchant.actor, theirs, product, is_exclusive=True)
        services.accept_application(agency.actor, application=again)
    assert Promise.objects.count() == 2


def test_reminder_after_two_days_and_the_end_after_seven(creator, merchant, application):
    begun = application.waits_since
    with clock.standing_at(begun + timedelta(hours=47)):
        assert services.remind_of_applications(factories.SYSTEM) == 0
    with clock.standing_at(begun + timedelta(hours=48)):
        assert services.remind_of_applications(factories.SYSTEM) == 1
        assert services.remind_of_applications(factories.SYSTEM) == 0
    assert told(creator, "reminded") == 1
    with clock.standing_at(begun + timedelta(days=7) - timedelta(minutes=1)):
        assert services.lapse_applications(factories.SYSTEM) == 0
    with clock.standing_at(begun + timedelta(days=7)):
        assert services.lapse_applications(factories.SYSTEM) == 1
    application.refresh_from_db()
    assert application.status == "expired"
    assert told(merchant, "lapsed") == told(creator, "lapsed") == 1


def test_answer_begins_the_time_anew(creator, merchant, application):
    begun = application.waits_since
    with clock.standing_at(begun + timedelta(days=5)):
        services.counter_offer(creator.actor, application=application, fields=OfferFields(2_500, 1))
    with clock.standing_at(begun + timedelta(days=8)):
        assert services.lapse_applications(factories.SYSTEM) == 0
        assert services.remind_of_applications(factories.SYSTEM) == 1
    assert told(merchant, "reminded") == 1


def test_many_are_decided_and_what_changed_is_left(creator, merchant, post):
    made = [factories.submitted_application(merchant.actor, post) for _ in range(3)]
    services.withdraw_application(merchant.actor, application=made[0], reason="stock")
    services.counter_offer(merchant.actor, application=made[1], fields=OfferFields(2_100, 1))
    with translation.override("en"):
        outcomes = services.decide_applications(
            creator.actor, picked={a.pk: 1 for a in made}, decision="accept"
        )
        refusals = {outcome.application_id: str(outcome.refused) for outcome in outcomes}
    assert "no longer stands" in refusals[made[0].pk]
    assert "version 2" in refusals[made[1].pk]
    assert refusals[made[2].pk] == ""
    assert Cooperation.objects.count() == 1


def test_many_are_rejected_with_a_reason_or_not_at_all(creator, merchant, post):
    made = [factories.submitted_application(merchant.actor, post) for _ in range(2)]
    picked = {a.pk: 1 for a in made}
    outcomes = services.decide_applications(creator.actor, picked=picked, decision="reject")
    assert all(outcome.refused for outcome in outcomes)
    services.decide_applications(creator.actor, picked=picked, decision="reject", reason="another")
    assert Application.objects.filter(status="rejected", reason="another").count() == 2


def test_decisions_about_others_applications_do_nothing(agency, merchant, post, application):
    with refused(422):
        services.decide_applications(agency.actor, picked={}, decision="reject")
    assert (
        services.decide_applications(agency.actor, picked={application.pk: 1}, decision="accept")
        == []
    )
    application.refresh_from_db()
    assert application.status == "submitted"
