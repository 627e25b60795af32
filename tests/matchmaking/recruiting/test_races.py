"""People who press at the same moment: one wins, the other is told."""

import pytest

from matchmaking.catalogue.models import Plan, Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.recruiting import services
from matchmaking.recruiting.fields import OfferFields
from matchmaking.recruiting.models import Application, Post
from portal.core.verdict import Refused
from portal.parties.models import Membership
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(creator):
    user = factories.user("manager@example.com", "经纪人")
    Membership.objects.create(
        user=user, party=creator.party, role=Role.MANAGER, created_at=creator.party.created_at
    )
    return person_of(creator.party, user, Role.MANAGER)


def one_refused(answers):
    """The conflict that exactly one of them met."""
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status == 409
    return refused


def behind(post):
    return Post.objects.filter(pk=post.pk)


def test_colleagues_who_decide_at_once_are_heard_one_after_the_other(creator, manager, merchant):
    post = factories.open_post(creator.actor)
    application = factories.submitted_application(merchant.actor, post)
    answers = factories.at_once(
        lambda: services.accept_application(creator.actor, application=application),
        lambda: services.reject_application(manager.actor, application=application, reason="price"),
        behind=behind(post),
    )
    one_refused(answers)
    application.refresh_from_db()
    is_hired = Cooperation.objects.count() == 1
    assert application.status == ("accepted" if is_hired else "rejected")


def test_acceptance_pressed_twice_makes_one_cooperation(creator, manager, merchant):
    post = factories.open_post(creator.actor)
    application = factories.submitted_application(merchant.actor, post)
    answers = factories.at_once(
        lambda: services.accept_application(creator.actor, application=application),
        lambda: services.accept_application(manager.actor, application=application),
        behind=behind(post),
    )
    one_refused(answers)
    assert Cooperation.objects.count() == 1


def test_other_terms_that_meet_an_acceptance_leave_no_half(creator, merchant):
    post = factories.open_post(creator.actor)
    application = factories.submitted_application(merchant.actor, post)
    answers = factories.at_once(
        lambda: services.accept_application(creator.actor, application=application),
        lambda: services.counter_offer(
            merchant.actor, application=application, fields=OfferFields(2_600, 1)
        ),
        behind=behind(post),
    )
    one_refused(answers)
    application.refresh_from_db()
    found = Cooperation.objects.first()
    assert (application.status == "accepted") == (found is not None)
    if found is not None:
        assert found.share_bp == application.commission_bp == 2_000


def test_product_offered_twice_at_once_stands_once(creator, merchant):
    post = factories.open_post(creator.actor)
    product = factories.listed_product(merchant.actor)

    def call():
        return factories.submitted_application(merchant.actor, post, product)

    one_refused(factories.at_once(call, call, behind=behind(post)))
    assert Application.objects.count() == 1


def test_closing_that_meets_an_application_leaves_none_waiting(creator, merchant):
    post = factories.open_post(creator.actor)
    product = factories.listed_product(merchant.actor)
    factories.at_once(
        lambda: services.close_post(creator.actor, post=post),
        lambda: factories.submitted_application(merchant.actor, post, product),
        behind=behind(post),
    )
    post.refresh_from_db()
    assert post.status == "closed"
    assert not Application.objects.live().exists()


def test_two_who_take_the_same_product_for_themselves_at_once_shut_one_out(creator, merchant):
    rival = person_of(factories.listed_party("creator", "阿岚"))
    product = factories.listed_product(merchant.actor)
    asked = [
        factories.submitted_application(
            merchant.actor, factories.open_post(person.actor), product, is_exclusive=True
        )
        for person in (creator, rival)
    ]
    answers = factories.at_once(
        *(
            lambda person=person, one=one: services.accept_application(
                person.actor, application=one
            )
            for person, one in zip((creator, rival), asked, strict=True)
        ),
        behind=Product.objects.filter(pk=product.pk),
    )
    one_refused(answers)
    made = Cooperation.objects.get()
    plan = Plan.objects.get(product=product, kind="exclusive")
    assert plan.creators.get().creator_id == made.provider_id
    assert plan.period.upper == made.ends_on
