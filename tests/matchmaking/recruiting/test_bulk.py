"""Posts in bulk are as they are singly, and the demo's are what its stories say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation.models import Cooperation, Version
from matchmaking.recruiting import demo, services
from matchmaking.recruiting.fields import OfferFields
from matchmaking.recruiting.models import Application, Offer, Post, Promise
from matchmaking.recruiting.services import ApplicationLife, Happening, PostLife
from portal.core import clock
from portal.core.models import AuditEntry
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.recruiting.checks import refused

pytestmark = pytest.mark.django_db


def told(start, creator, merchant, product, *, commission_bp=2_000):
    def at(hours):
        return start + timedelta(hours=hours)

    return PostLife(
        creator.party,
        factories.post_fields(),
        start,
        [Happening(at(1), "publish")],
        [
            ApplicationLife(
                product,
                factories.application_fields(commission_bp=commission_bp),
                at(2),
                [
                    Happening(at(3), "shortlist"),
                    Happening(at(4), "counter", commission_bp=2_300),
                    Happening(at(5), "agree"),
                    Happening(at(6), "accept"),
                ],
            )
        ],
    )


def alone(start, person, merchant, product):
    """A life whose post wants the product alone."""
    life = told(start, person, merchant, product)
    fields = factories.post_fields(is_exclusive=True)
    [one] = life.applications
    promised = factories.application_fields(commission_bp=2_000, is_exclusive=True)
    return replace(life, fields=fields, applications=[replace(one, fields=promised)])


def test_database_keeps_bulk_from_promising_twice(creator, agency, merchant):
    product = factories.listed_product(merchant.actor)
    people = {one.party.pk: one.actor for one in (creator, agency, merchant)}
    now = clock.now()

    def write(person):
        with transaction.atomic():
            services.write_posts(
                factories.SYSTEM,
                lives=[alone(now, person, merchant, product)],
                acting=lambda party: people[party.pk],
            )

    write(creator)
    promise = Promise.objects.get()
    assert (promise.poster, promise.period.upper) == (
        creator.party,
        Cooperation.objects.get().ends_on,
    )
    with pytest.raises(IntegrityError, match="promise_to_one_at_a_time"):
        write(agency)
    assert Cooperation.objects.get().products.get() == product


def snapshot():
    """What both ways must have written, without keys and times."""
    application = Application.objects.get()
    made = Cooperation.objects.get()
    return {
        "post": Post.objects.values_list("status", "commission_least_bp", "sources").get(),
        "application": [
            getattr(application, name)
            for name in (
                *("status", "price_fen", "score", "match_bp", "certainty", "parts"),
                "commission_bp",
                *("samples", "version", "offered_by", "reason"),
            )
        ],
        "offers": [*Offer.objects.order_by("number").values_list("number", "side", "agrees_to")],
        "cooperation": [made.door, made.share_bp, made.title, made.scope, str(made.starts_on)],
        "paper": made.agreement.role,
        "versions": Version.objects.count(),
        "verbs": sorted(
            AuditEntry.objects.filter(
                object_type__in=["recruiting.post", "recruiting.application"]
            ).values_list("verb", flat=True)
        ),
        "told": sorted(
            Notice.objects.filter(event__startswith="recruiting.").values_list("event", flat=True)
        ),
    }


def test_bulk_writes_what_the_single_services_write(creator, merchant):
    noon = clock.now().astimezone(clock.SHANGHAI).replace(hour=12)
    with clock.standing_at(noon):  # so that its hours are of one day
        assert_bulk_is_like_single(noon, creator, merchant)


def assert_bulk_is_like_single(now, creator, merchant):
    product = factories.listed_product(merchant.actor)
    with transaction.atomic():
        post = factories.open_post(creator.actor)
        application = factories.submitted_application(merchant.actor, post, product)
        services.shortlist_application(creator.actor, application=application)
        application.refresh_from_db()
        services.counter_offer(creator.actor, application=application, fields=OfferFields(2_300, 1))
        application.refresh_from_db()
        services.agree_offer(merchant.actor, application=application)
        application.refresh_from_db()
        services.accept_application(creator.actor, application=application)
        single = snapshot()
        transaction.set_rollback(True)
    people = {creator.party.pk: creator.actor, merchant.party.pk: merchant.actor}
    life = told(now, creator, merchant, product)
    services.write_posts(factories.SYSTEM, lives=[life], acting=lambda party: people[party.pk])
    bulk = snapshot()
    for name in ("post", "application", "offers", "cooperation", "paper", "versions", "verbs"):
        assert bulk[name] == single[name], name


def test_bulk_refuses_what_lacks_something(creator, merchant):
    product = factories.listed_product(merchant.actor)
    life = told(clock.now(), creator, merchant, product, commission_bp=1_000)
    with refused(422, "wanted 20%"):
        services.write_posts(factories.SYSTEM, lives=[life], acting=lambda party: creator.actor)
    with refused(403):
        services.write_posts(creator.actor, lives=[], acting=lambda party: creator.actor)


def test_stories_are_the_same_each_time_and_of_all_stages():
    first, again = demo.stories(400), demo.stories(400)
    assert first == again
    assert {story.stage for story in first} == {"open", "paused", "draft", "closed", "expired"}
