"""What came of the demo's meetings: of some where both wanted it a cooperation through the fair,
and samples on their way to a post. Their orders are made with those of all cooperations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import Agreed, Terms, bring_cooperations
from matchmaking.fairs import services, states
from matchmaking.fairs.door import through
from matchmaking.fairs.models import Fair, Meeting, MeetingOutcome, MeetingPlan, SignUp
from matchmaking.fairs.states import MeetingResult
from matchmaking.samples.chronicle import SampleLife, Step, bring_samples
from matchmaking.samples.fields import AddressFields, ParcelFields
from matchmaking.samples.states import DUE_BEFORE, SampleStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, at_work
from portal.parties.models import Membership
from portal.parties.states import PartyKind, Role

INTENT, SAMPLE = MeetingResult.INTENT, MeetingResult.SAMPLE
# How often a meeting becomes a cooperation, by how many of the two only asked for samples first.
CHANCES = (0.12, 0.07, 0.04)
SAMPLED = 0.55  # of those where nobody asked for one in the meeting
MONTHS = (2, 3, 3, 6)
SERVICES = ("live-room", "short-video", "shop", "paid-ads")
POST_DAYS = 14
ADDRESS = AddressFields("选品组", "13800001111", "浙江 杭州", "文三路 100 号 3 幢 201")


class Met(NamedTuple):
    """A meeting where nobody said no, and how many asked for samples only."""

    meeting: Meeting
    asked: int


def make_deals(world: World, plan: MeetingPlan, random: Random) -> None:
    """Of one fair. Two parties make one cooperation at fairs, wherever they meet again."""
    told = [one for one in _met(plan) if random.random() < CHANCES[one.asked]]
    met = {_pair(one.meeting): one for one in told}
    known = set(
        Cooperation.objects.filter(
            merchant__in=[pair[0] for pair in met], provider__in=[pair[1] for pair in met]
        ).values_list("merchant", "provider")
    )
    new = [one for pair, one in met.items() if pair not in known]
    people = _owners([key for one in new for key in _pair(one.meeting)])
    spoken = [one for one in new if one.meeting.right.party_id in people]  # not the unclaimed
    agreed = [(one, row) for one in spoken if (row := _agreed(world, one.meeting, people, random))]
    made = bring_cooperations(DEMO, agreed=[row for _one, row in agreed])
    lives = [
        life
        for cooperation, (one, row) in zip(made, agreed, strict=True)
        if (life := _sample(world, cooperation, row, one.asked > 0, people, random))
    ]
    bring_samples(DEMO, lives=lives)


def follow_up_fairs(world: World) -> None:
    """What each had come to after 7, 30 and 90 days, by the orders of then."""
    for fair in Fair.objects.filter(status__in=states.HELD).order_by("starts_at"):
        services.bring_follow_ups(DEMO, fair=fair)


def _met(plan: MeetingPlan) -> Iterator[Met]:
    said: dict[int, dict[UUID, str]] = {}
    rows = MeetingOutcome.objects.filter(meeting__plan=plan)
    for meeting, side, result in rows.values_list("meeting", "sign_up", "result"):
        said.setdefault(meeting, {})[side] = result
    meetings = plan.meetings.select_related(
        "plan__fair__city", "left__party", "right__party", "left__fair_pool"
    )
    for one in meetings.order_by("slot", "table"):
        results = list(said.get(one.pk, {}).values())
        if len(results) == 2 and set(results) <= {INTENT, SAMPLE}:
            yield Met(one, results.count(SAMPLE))


def _pair(meeting: Meeting) -> tuple[int, int]:
    return meeting.left.party_id, meeting.right.party_id


def _owners(keys: Sequence[int]) -> dict[int, Actor]:
    rows = Membership.objects.filter(party__in=keys, role=Role.OWNER).select_related(
        "user", "party"
    )
    return {
        row.party_id: Actor(user=row.user, party=row.party, role="owner", via="demo")
        for row in rows
    }


def _agreed(
    world: World, meeting: Meeting, people: dict[int, Actor], random: Random
) -> Agreed | None:
    """Signed some days after the fair; those that would be signed today are still talking."""
    fair, brand, other = meeting.plan.fair, meeting.left.party, meeting.right.party
    at = at_work(clock.day_of(fair.ends_at) + timedelta(days=random.randint(1, 6)), random)
    if at >= world.dawn:
        return None
    shown = _shown(meeting.left)
    is_provider = other.kind == PartyKind.PROVIDER
    terms = Terms(
        title=f"{fair.city.name_zh}选品会 · {brand.name} × {other.name}"[:80],
        scope="选品会现场谈定：按商定排期直播与短视频带货，品牌方寄样并保证库存，双方每周复盘。",
        monthly_fee_fen=random.randint(1, 5) * 500_000 if is_provider else 0,
        share_bp=random.choice((300, 500, 800)) if is_provider else _rate(shown, random),
        starts_on=clock.day_of(at) + timedelta(days=random.randint(1, 8)),
        term_months=random.choice(MONTHS),
        category_ids=[meeting.left.fair_pool.category_id],
        service_ids=[world.services[random.choice(SERVICES)].pk] if is_provider else [],
    )
    return Agreed(
        by=people[other.pk],
        door=through(meeting),
        merchant=brand,
        provider=other,
        terms=terms,
        at=at,
        products=[] if is_provider else shown,
    )


def _shown(sign_up: SignUp) -> list[Product]:
    rows = sign_up.shown.select_related("product").order_by("pk")
    return [row.product for row in rows]


def _rate(shown: Sequence[Product], random: Random) -> int:
    """What the dearest of them promises everybody, and a little more for who was met."""
    public = max((product.commission_bp for product in shown), default=1_500)
    return min(public + random.choice((0, 100, 200, 300)), 4_000)


def _sample(
    world: World,
    cooperation: Cooperation,
    agreed: Agreed,
    was_asked: bool,
    people: dict[int, Actor],
    random: Random,
) -> SampleLife | None:
    """Of what it is about, to whoever shows it."""
    shown = list(agreed.products)
    if not shown or not (was_asked or random.random() < SAMPLED):
        return None
    asked = agreed.at + timedelta(days=1, hours=random.randint(0, 4))
    if asked >= world.dawn:
        return None
    return SampleLife(
        cooperation=cooperation,
        buyer=people[cooperation.merchant_id],
        seller=people[cooperation.provider_id],
        product=random.choice(shown),
        quantity=random.choice((1, 2, 2, 3)),
        post_days=POST_DAYS,
        address=ADDRESS,
        parcel=ParcelFields("顺丰速运", f"SF{random.getrandbits(40):013d}"),
        post_url=f"https://www.douyin.com/video/{random.getrandbits(60):018d}",
        asked_at=asked,
        steps=[step for step in _way(asked, random) if step[1] < world.dawn],
    )


def _way(asked: datetime, random: Random) -> Iterator[Step]:
    """Most are shown in time, some late; of a few nothing was heard again."""
    at = asked
    for status, most in (
        (SampleStatus.APPROVED, 1),
        (SampleStatus.SHIPPED, 2),
        (SampleStatus.RECEIVED, 4),
    ):
        at += timedelta(days=random.randint(0, most), hours=2)
        yield status, at
    due = at + timedelta(days=POST_DAYS)
    fate = random.random()
    if fate < 0.75:
        yield SampleStatus.POSTED, at + timedelta(days=random.randint(2, POST_DAYS - 4))
        return
    yield SampleStatus.DUE, due - DUE_BEFORE
    yield SampleStatus.OVERDUE, due + timedelta(days=1)
    if fate < 0.9:
        yield SampleStatus.POSTED, due + timedelta(days=random.randint(2, 6))
