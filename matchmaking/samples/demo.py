"""Samples of the cooperations that run, at every point of their way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import cycle

from django.db.models import OuterRef, Subquery

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import CooperationStatus
from matchmaking.samples import selectors, services
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from matchmaking.samples.models import Sample
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.verdict import Refused
from portal.parties.demo import DEMO, World, acting

MOST = 60
ADDRESS = AddressFields("陈小满", "13800001111", "浙江 杭州", "文三路 100 号 3 幢 201")
# How far each went: its steps, on days before the world's own.
WAYS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("ask", 40), ("approve", 39), ("ship", 38), ("receive", 35), ("post", 28)),
    (("ask", 45), ("approve", 44), ("ship", 43), ("receive", 40), ("sweep", 29), ("sweep", 25)),
    (("ask", 20), ("approve", 19), ("ship", 18), ("receive", 15), ("sweep", 4)),
    (("ask", 9), ("approve", 8), ("ship", 7), ("receive", 4)),
    (("ask", 6), ("approve", 5), ("ship", 4)),
    (("ask", 3), ("approve", 2)),
    (("ask", 1),),
    (("ask", 15), ("decline", 14)),
)


def make_samples(world: World) -> None:
    running = Cooperation.objects.filter(
        status=CooperationStatus.ACTIVE, starts_on__lte=world.today - timedelta(days=46)
    )
    goods = Product.objects.nameable(OuterRef("merchant")).order_by("pk").values("pk")[:1]
    rows = running.annotate(goods=Subquery(goods)).exclude(goods=None)
    whole = rows.select_related("merchant", "provider").order_by("pk")[:MOST]
    with outbox.born_delivered():
        for cooperation, way in zip(whole, cycle(WAYS), strict=False):
            _tell(world, cooperation, way)


def _tell(world: World, cooperation: Cooperation, way: tuple[tuple[str, int], ...]) -> None:
    buyer, seller = acting(cooperation.merchant), acting(cooperation.provider)
    product = selectors.products_to_try(cooperation).order_by("pk").first()
    if product is None:  # what it is about was taken from the pool
        return
    fields = SampleFields(product.pk, 2, 14, ADDRESS, note="直播试吃与短视频用")
    sample: Sample | None = None
    for step, days_ago in way:
        with clock.standing_at(world.dawn - timedelta(days=days_ago)), suppress(Refused):
            if step == "ask":
                sample = services.request_sample(seller, cooperation=cooperation, fields=fields)
            elif sample is not None:
                _step(step, buyer, seller, sample)


def _step(name: str, buyer: Actor, seller: Actor, sample: Sample) -> None:
    parcel = ParcelFields("顺丰速运", f"SF{sample.pk.int % 10**12:012d}")
    steps: dict[str, Callable[[], object]] = {
        "approve": lambda: services.approve_sample(buyer, sample=sample),
        "decline": lambda: services.decline_sample(buyer, sample=sample, reason="本批次已发完"),
        "ship": lambda: services.ship_sample(buyer, sample=sample, parcel=parcel),
        "receive": lambda: services.receive_sample(seller, sample=sample),
        "post": lambda: services.post_sample(
            seller, sample=sample, post_url="https://www.douyin.com/video/sample"
        ),
        "sweep": lambda: services.sweep_samples(DEMO),
    }
    steps[name]()
