"""Posts in bulk are as they are singly, and the demo's are what its stories say."""

from datetime import timedelta

import pytest
from django.db import transaction

from matchmaking.cooperation.models import Cooperation, Version
from matchmaking.recruiting import demo, services
from matchmaking.recruiting.fields import OfferFields
from matchmaking.recruiting.models import Application, Offer, Post
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


def snapshot():
    """What both ways must have written, without keys and times."""
    application = Application.objects.get()
    made = Cooperation.objects.get()
    return {
        "post": Post.objects.values_list("status", "commission_least_bp", "sources").get(),
        "application": [
            getattr(application, name)
            for name in (
                *("status", "price_fen", "score", "match_bp", "certainty", "commission_bp"),
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
    product = factories.listed_product(merchant.actor)
    now = clock.now()
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
