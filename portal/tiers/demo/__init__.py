"""The demo's stars: a year of quarters, each through its steps, by the services.

The demo's world is smaller than the programme's, so it has a table of its own: the floors are read
off its own agencies, and its source says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from portal.activity import services as activity
from portal.activity.fields import DayFields
from portal.activity.selectors import figures_of
from portal.activity.states import Source
from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.demo.papers import scan
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.tiers import selectors, services
from portal.tiers.demo.frameworks import make_frameworks
from portal.tiers.engine import Quarter, quarter_of
from portal.tiers.fields import (
    Accepted,
    AppealFields,
    ApplicationFields,
    RulesFields,
    RungFields,
    WindowFields,
)
from portal.tiers.models import StarApplication, StarReview, StarRuleSet
from portal.tiers.reference import starting_rules
from portal.tiers.selectors.inputs import Found, quarter_figures
from portal.tiers.states import BenefitKind, ReviewStatus

__all__ = ["QUARTERS", "make_frameworks", "make_quarter", "make_rules"]

QUARTERS = 4  # that are over, and the one that runs
TOP = (0.10, 0.05, 0.025, 0.012, 0.006)  # of the agencies, by each star's floors
HEALTH = (4_000, 4_500, 5_000, 5_500, 6_000)
SOURCE = "演示：门槛按演示世界的规模折算"
IN_STEP, GRANTED = 0.9, 0.9  # of those who may rise: they apply; and are granted
REFUSED = "成交额中有一场直播的退款尚在核对，请下季度再申请。"
PROVEN = "补充的结算单与平台数据一致，予以计入。"


@transaction.atomic
def make_rules(world: World) -> None:
    """The starting values held before; the demo's own since the first quarter of its year."""
    first = quarter_of(world.today).later(-QUARTERS)
    proposed_at = _at(first.first_day - timedelta(days=30))
    found = _figures(quarter_of(world.today).later(-2))
    maker = Actor(user=demo_user("finance"), party=None, role=OPERATOR, via="demo")
    checker = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with outbox.born_delivered(), clock.standing_at(proposed_at):
        fields = _fields(first.first_day, found)
        proposed = services.propose_star_rules(maker, fields=fields)
        services.approve_star_rules(checker, proposed=proposed)


def _figures(quarter: Quarter) -> Found:
    rules = StarRuleSet.objects.whole().order_by("starts_on")[0]
    return quarter_figures(quarter, quarter.last_day, rules)


def _fields(starts_on: date, found: Found) -> RulesFields:
    """Floors that so many of the agencies pass, rounded down to what one would write."""
    nets = sorted((one.inputs.net_fen for one in found.agencies.values()), reverse=True)
    sellers = sorted(
        (sum(row.recent_orders > 0 for row in one.creators) for one in found.agencies.values()),
        reverse=True,
    )
    rungs: list[RungFields] = []
    for part, health in zip(TOP, HEALTH, strict=True):
        place = max(0, round(len(nets) * part) - 1)
        net = _plain(nets[place] // 2)
        creators = max(1, sellers[place] // 2)
        last = rungs[-1] if rungs else RungFields(1, 1_000_00, 0)
        rungs.append(RungFields(max(creators, last.creators), max(net, last.net_fen), health))
    return RulesFields(starts_on=starts_on, source=SOURCE, rungs=rungs, benefits=_benefits())


def _benefits() -> Mapping[tuple[int, str], int]:
    """Nobody rises to five stars in a demo's year: what they bring begins lower there."""
    return {**starting_rules().benefits, (1, BenefitKind.FRAMEWORK.value): 1}


def _plain(fen: int) -> int:
    """Its first figure, the others nought."""
    yuan = fen // 100
    step = 10 ** max(0, len(str(yuan)) - 1)
    return yuan // step * step * 100


@transaction.atomic
def make_quarter(world: World, back: int) -> None:
    """One quarter with its days, its window, and as many steps as have passed."""
    quarter = quarter_of(world.today).later(-back)
    if back == QUARTERS:
        make_rules(world)
    with outbox.born_delivered():
        _tell_days(world, quarter)
        _live(world, quarter)


def _live(world: World, quarter: Quarter) -> None:
    rules = selectors.rules_of(quarter)
    if rules is None:
        return
    frozen = _at(quarter.last_day + timedelta(days=rules.freeze_days + 1))
    if frozen > world.dawn:
        services.compute_quarter(DEMO, quarter)
        return
    window = _window(world, quarter)
    with clock.standing_at(_at(quarter.last_day)):
        services.open_star_window(DEMO, fields=window)
    with clock.standing_at(frozen):
        services.compute_quarter(DEMO, quarter)
    is_open = window.closes_on >= world.today
    with clock.standing_at(_at(window.opens_on + timedelta(days=2))):
        applied = list(_apply(quarter, leaves_cast=is_open))
    _answer(window, applied, is_open=is_open)
    for moment, step in (
        (window.announces_on, services.announce_due),
        (window.effective_on, services.bring_into_effect),
    ):
        if moment < world.today:
            with clock.standing_at(_at(moment)):
                step(DEMO)
            if step is services.announce_due:
                _object(world, quarter, window)


def _window(world: World, quarter: Quarter) -> WindowFields:
    """The last one is open today, whatever day it is."""
    opens = quarter.last_day + timedelta(days=17)
    if quarter.next() == quarter_of(world.today):
        opens = max(opens, world.today - timedelta(days=9))
    return WindowFields(
        year=quarter.year,
        quarter=quarter.number,
        opens_on=opens,
        closes_on=opens + timedelta(days=14),
        announces_on=opens + timedelta(days=24),
        effective_on=opens + timedelta(days=34),
    )


def _apply(quarter: Quarter, *, leaves_cast: bool) -> Iterator[StarApplication]:
    """Most whose numbers reach more; some whose feed lacks something. The guide's agency has the
    open window still before it."""
    cast = cast_party(PartyKind.AGENCY)
    rows = StarReview.objects.whole().of(quarter).filter(status=ReviewStatus.COMPUTED)
    for review in rows.order_by("pk"):
        if review.party_id == cast.pk and leaves_cast:
            continue
        random = Random(f"stars:{quarter}:{review.party.name}")
        if review.reached > review.before:
            if random.random() < IN_STEP:
                fields = ApplicationFields()
                yield services.apply_for_star(acting(review.party), review=review, fields=fields)
        elif (lacking := _lacking(review)) and random.random() < IN_STEP:
            fields = ApplicationFields(
                note="有一场直播的结算数据未回传，附平台结算单。",
                more_net_fen=lacking,
                evidence=[scan("平台结算单")],
            )
            yield services.apply_for_star(acting(review.party), review=review, fields=fields)


def _lacking(review: StarReview) -> int:
    """Where a little of the sales alone is missing."""
    needs = [bar.need for bar in selectors.bars_of(review, review.before + 1)]
    missing = [need for need in needs if not need.is_met]
    if len(missing) != 1 or missing[0].measure != "net_fen" or missing[0].percent < 60:
        return 0
    return missing[0].missing + 100_00


def _answer(window: WindowFields, applied: Sequence[StarApplication], *, is_open: bool) -> None:
    """All of a window that is over; of the open one some wait, and one was taken back."""
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    for place, application in enumerate(applied):
        random = Random(f"answer:{application.review.party.name}:{window.year}{window.quarter}")
        with clock.standing_at(_at(window.opens_on + timedelta(days=5), random.randint(9, 17))):
            if is_open and place % 3 == 1:
                continue
            if is_open and place == 3:
                party = application.review.party
                services.withdraw_star_application(acting(party), application=application)
            elif random.random() < GRANTED:
                accepted = Accepted(net_fen=application.more_net_fen)
                reason = PROVEN if application.more_net_fen else "数据达到，予以通过。"
                services.grant_star(
                    operator, application=application, reason=reason, accepted=accepted
                )
            else:
                services.refuse_star(operator, application=application, reason=REFUSED)


def _object(world: World, quarter: Quarter, window: WindowFields) -> None:
    """Who was refused objects: the first is right, the second is not, the third waits for its
    answer where there is still time."""
    refused = StarApplication.objects.whole().filter(
        status="refused", review__year=quarter.year, review__quarter=quarter.number
    )
    second = Actor(user=demo_user("evaluator"), party=None, role=OPERATOR, via="demo")
    for place, application in enumerate(refused.order_by("review__party__name")[:3]):
        filed_on = window.announces_on + timedelta(days=3)
        if filed_on >= world.today:
            return
        with clock.standing_at(_at(filed_on)):
            appeal = services.appeal_review(
                acting(application.review.party),
                review=application.review,
                fields=AppealFields(text="退款已于本季度内核对完毕，附核对单。"),
            )
        with clock.standing_at(_at(filed_on + timedelta(days=4))):
            is_right = place == 0 and appeal.review.reached > appeal.review.before
            if place < 2:
                services.decide_star_appeal(
                    second,
                    appeal=appeal,
                    grants=is_right,
                    sentence="核对单属实，予以改判。" if is_right else "核对后数据无误，维持结果。",
                )


def _tell_days(world: World, quarter: Quarter) -> None:
    """On how many days those who sold lately sold, as the platform's interface would send it."""
    rules = selectors.rules_of(quarter)
    as_of = min(quarter.last_day, world.today - timedelta(days=1))
    if rules is None or as_of < quarter.first_day:
        return
    sold = {
        row.creator: row.recent_orders
        for one in quarter_figures(quarter, as_of, rules).agencies.values()
        for row in one.creators
        if row.is_here and row.recent_orders
    }
    known = figures_of(sold)
    named = Party.objects.filter(pk__in=sold).order_by("pk").values_list("pk", "name")
    days = [
        day
        for creator, name in named
        for day in _days(creator, name, as_of, known.get(creator, {}))
    ]
    with clock.standing_at(_at(as_of + timedelta(days=1), 3)):
        activity.record_days(DEMO, days=days, source=Source.PLATFORM)


def _days(creator: int, name: str, as_of: date, known: Mapping[str, object]) -> Iterator[DayFields]:
    random = Random(f"selling:{name}:{as_of}")  # a key is another in the next load
    followers = getattr(known.get("followers"), "value", 10_000)
    for back in random.sample(range(28), random.choice((2, 5, 6, 7, 9))):
        yield DayFields(
            party_id=creator,
            day=as_of - timedelta(days=back),
            followers=followers,
            videos=random.randint(0, 2),
            lives=random.randint(1, 2),
            has_sold=True,
        )


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), clock.SHANGHAI)
