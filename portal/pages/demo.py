"""The demo world: one job that composes what each app's `demo.py` builds.

Each step and its progress are written in one transaction, so a load that was killed goes on where
it stopped and makes nothing twice. The day it is made for is kept with its progress.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.brokerage import demo as brokerage_demo
from matchmaking.catalogue import demo as catalogue_demo
from matchmaking.choosing import demo as choosing_demo
from matchmaking.content import demo as content_demo
from matchmaking.cooperation import demo as cooperation_demo
from matchmaking.fairs import demo as fairs_demo
from matchmaking.needs import demo as needs_demo
from matchmaking.recruiting import demo as recruiting_demo
from matchmaking.samples import demo as samples_demo
from portal.activity import demo as activity_demo
from portal.conduct import demo as conduct_demo
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.jobs import Progress, attend_job, job, queue_job, requeue_job
from portal.core.models import Job, JobState
from portal.directory import demo as directory_demo
from portal.evaluation import demo as evaluation_demo
from portal.goals import demo as goals_demo
from portal.growth import demo as growth_demo
from portal.help import demo as help_demo
from portal.invoicing import demo as invoicing_demo
from portal.pages.demo_announcements import make_announcements
from portal.pages.demo_visits import make_visits
from portal.pages.demo_work import tell_work
from portal.parties import demo as parties_demo
from portal.parties.demo import World
from portal.parties.states import PartyKind
from portal.payouts import demo as payouts_demo
from portal.reconciliation import demo as reconciliation_demo
from portal.recruitment import demo as recruitment_demo
from portal.revenue import demo as revenue_demo
from portal.rewards import demo as rewards_demo
from portal.search.services import publish_missing
from portal.settlement import demo as settlement_demo
from portal.tiers import demo as tiers_demo
from portal.tiers.demo import certification as certification_demo
from training.advice import demo as advice_demo
from training.assessment import demo as assessment_demo
from training.certificates import demo as certificates_demo
from training.courses import demo as courses_demo
from training.learning import demo as learning_demo

logger = logging.getLogger(__name__)
KIND, BESIDE_KIND, ORDERS_KIND = "demo.load", "demo.beside", "demo.orders"
WORKER = system_actor("task")
REGISTERED = {  # some more than the programme announced at fairs, for some are hidden or wait to
    PartyKind.PROVIDER: 800,  # be verified; providers after the directory of its first years
    PartyKind.MERCHANT: 6_200,
    PartyKind.AGENCY: 3_100,
    PartyKind.CREATOR: 10_400,
}
NEEDS = 2_000  # of a year
NEEDS_AT_ONCE = 250
FAIRS_AT_ONCE = 28
POSTS, POSTS_AT_ONCE = 2_000, 1_000
SHOWN_AT_ONCE = 15  # days
ORDER_LINES = 100_000
LIVES = 20  # parts in which their cooperations are lived
BATCH, BATCHES = 500, 20  # parties at once at most; batches of a kind at least


def unfinished_demo() -> Job | None:
    """The job that builds the demo world, while it does; asked in the demo only."""
    return Job.objects.filter(kind=KIND).unfinished().first() if settings.IS_DEMO else None


@dataclass(frozen=True, slots=True)
class Step:
    """Something to build at once; `units` is how much of the progress it is, `after` the kind of
    work beside this one that must have ended before."""

    label: str
    build: Callable[[World], object]
    units: int = 1
    after: str = ""


@job(KIND)
def load_demo(progress: Progress, args: dict[str, Any]) -> None:
    """Build the world. `args["scale"]` is its size against the announcements; a fraction makes a
    small one."""
    today = progress.checkpoint.setdefault("today", clock.today().isoformat())
    scale = args.get("scale", settings.DEMO_SCALE)
    _begin_beside({"scale": scale, "today": today})
    _take_steps(progress, plan(scale), today)


def _begin_beside(args: dict[str, Any]) -> None:
    """Once; a retry of the whole is a retry of it."""
    begun = Job.objects.filter(kind=BESIDE_KIND).first()
    if begun is None:
        queue_job(WORKER, kind=BESIDE_KIND, args=args)
    elif begun.state == JobState.FAILED:
        requeue_job(WORKER, job=begun)


@job(BESIDE_KIND)
def load_beside(progress: Progress, args: dict[str, Any]) -> None:
    """Two thirds of everybody and what is known of creators, beside the others: by another worker
    if there is one."""
    _take_steps(progress, plan_beside(args["scale"]), args["today"])


@job(ORDERS_KIND)
def load_orders(progress: Progress, args: dict[str, Any]) -> None:
    """More orders of the same year, until there are `args["lines"]` of them."""
    _take_steps(progress, plan_orders(args["scale"], args["lines"]), args["today"])


def _take_steps(progress: Progress, steps: list[Step], today: str) -> None:
    world = parties_demo.read_world(date.fromisoformat(today))
    total, done = sum(step.units for step in steps), 0
    for number, step in enumerate(steps):
        if number >= progress.checkpoint.get("steps", 0):
            report = partial(progress.report, total=total, step=step.label)
            if step.after:
                attend_job(Job.objects.get(kind=step.after), partial(report, done=done))
            began = time.monotonic()
            with transaction.atomic():
                with clock.standing_at(world.dawn):
                    step.build(world)
                progress.checkpoint["steps"] = number + 1
                report(done=done + step.units)
            logger.info("demo: %s in %.1f s", step.label, time.monotonic() - began)
        done += step.units


def plan(scale: float) -> list[Step]:
    """Every step in its order: first the people of the guide and whom their stories need, then
    everybody, the year's fairs, what was agreed and sold; then how all that was lived, day by day,
    and what they were rated by it."""
    merchants, *more = _crowd(PartyKind.MERCHANT, scale)
    return [
        *_cast(),
        *_crowd(PartyKind.PROVIDER, scale),
        merchants,
        *_feeds(),
        Step(gettext_noop("Needs"), needs_demo.make_cast_need),
        Step(gettext_noop("Cooperations"), needs_demo.make_cast_work),
        *more,
        *_products(scale),
        *_rosters(scale),
        *_fairs(scale),  # before its cooperations sell and are lived
        *_training(scale),
        *_agreed(scale),
        *_sales(scale),
        Step(gettext_noop("Questions to the platform"), help_demo.make_tickets),
        Step(gettext_noop("Colleagues' opinions"), choosing_demo.make_opinions),
        Step(gettext_noop("Introductions"), brokerage_demo.make_introductions),
        *_lives(),
        Step(gettext_noop("Cooperations"), cooperation_demo.make_talks),
        Step(gettext_noop("Samples"), samples_demo.make_samples),
        Step(gettext_noop("Content orders"), content_demo.make_orders),
        Step(gettext_noop("Fairs"), fairs_demo.follow_up_fairs),
        *_reputations(),
        # Before the ratings: a snapshot reads what was recorded by its day.
        Step(gettext_noop("Evaluation facts"), tell_work),
        Step(gettext_noop("Facts of orders"), revenue_demo.tell_orders),
        Step(gettext_noop("Sales orders"), revenue_demo.announce_totals),
        Step(gettext_noop("Sales orders"), revenue_demo.count_year),
        Step(gettext_noop("Targets of the year"), goals_demo.announce_thresholds),
        Step(gettext_noop("Targets of the year"), goals_demo.count_year),
        Step(gettext_noop("Agreements"), revenue_demo.propose_rate),
        Step(gettext_noop("Facts of orders"), needs_demo.reckon_results),
        Step(gettext_noop("Cases of conduct"), conduct_demo.make_cases),
        Step(gettext_noop("Improvement plans"), evaluation_demo.make_plans),
        *_ratings(scale),
        *_tasks(scale),
        *_latest(),
        *_invoices(),
        # Last: whatever was paid is looked for at the bank.
        Step(gettext_noop("Reconciliation"), reconciliation_demo.make_days),
        # Behind the stars, whose agencies' creators go live.
        Step(gettext_noop("Levels of creators"), growth_demo.count_levels),
        # Behind every claim: what tasks came to, and the method that will weigh it.
        Step(gettext_noop("Evaluation facts"), growth_demo.close_loop),
        Step(gettext_noop("Ratings"), evaluation_demo.announce_next),
    ]


def plan_beside(scale: float) -> list[Step]:
    return [
        *_crowd(PartyKind.CREATOR, scale),
        *_crowd(PartyKind.AGENCY, scale),
        *_figures(scale),
    ]


def _fairs(scale: float) -> Iterator[Step]:
    """The year's, in a few parts: each reads once who is there."""
    yield Step(gettext_noop("Fairs"), fairs_demo.announce_sizes)
    last = fairs_demo.FAIRS + fairs_demo.SESSIONS
    for first in range(0, last, FAIRS_AT_ONCE):
        numbers = range(first, min(first + FAIRS_AT_ONCE, last))
        make = partial(fairs_demo.make_fairs, numbers=numbers, scale=scale)
        yield Step(gettext_noop("Fairs"), make, units=len(numbers))


def _training(scale: float) -> Iterator[Step]:
    """Courses, and the sessions of the year and of the one before."""
    yield Step(gettext_noop("Courses"), courses_demo.make_courses)
    yield Step(gettext_noop("Courses"), courses_demo.make_programmes)
    yield Step(gettext_noop("Quizzes"), assessment_demo.make_quizzes)
    yield Step(gettext_noop("Quizzes"), assessment_demo.make_assignments)
    examine = assessment_demo.examine
    for kind in learning_demo.KINDS:
        make = partial(learning_demo.make_sessions, kind=kind, scale=scale, examine=examine)
        yield Step(gettext_noop("Sessions of courses"), make, units=40)
    yield Step(gettext_noop("People of the guide"), assessment_demo.make_own_learning)
    yield Step(gettext_noop("Quizzes"), assessment_demo.make_opinions)
    yield Step(gettext_noop("Certificates"), certificates_demo.make_certificates)


def _ratings(scale: float) -> Iterator[Step]:
    """Facts of a year and a half, and what providers and agencies were rated by them."""
    facts, ratings = gettext_noop("Evaluation facts"), gettext_noop("Ratings")
    yield Step(ratings, evaluation_demo.make_methods)
    for number in evaluation_demo.NUMBERS:
        kinds = [PartyKind.PROVIDER, *([PartyKind.AGENCY] if number % 2 else [])]
        for kind in kinds:
            for some in _batches(number_of(kind, scale)):
                make = partial(evaluation_demo.make_facts, kind=kind, numbers=some, number=number)
                yield Step(facts, make, units=len(some))
        yield Step(ratings, partial(evaluation_demo.make_ratings, number=number))


def _latest() -> Iterator[Step]:
    """What a few of them are in the middle of."""
    yield Step(gettext_noop("Announcements"), make_announcements)
    yield Step(gettext_noop("Documents"), parties_demo.make_papers)
    yield Step(gettext_noop("Accounts and shops"), parties_demo.make_accounts)
    yield Step(gettext_noop("Payout accounts"), payouts_demo.open_cast_accounts)
    yield Step(gettext_noop("Payout accounts"), parties_demo.make_payouts)
    yield Step(gettext_noop("Agreements"), revenue_demo.make_agreements)
    yield Step(gettext_noop("Recruitment rounds"), recruitment_demo.make_rounds)
    yield Step(gettext_noop("Growth handbook"), advice_demo.make_handbook)
    yield Step(gettext_noop("Advisory group"), advice_demo.make_advisers)
    for back in range(tiers_demo.QUARTERS, -1, -1):
        quarter = partial(tiers_demo.make_quarter, back=back)
        yield Step(gettext_noop("Stars of agencies"), quarter)
    mark = gettext_noop("Top-100 mark")
    yield Step(mark, certification_demo.make_last_certification)
    yield Step(mark, certification_demo.make_open_certification)
    yield Step(gettext_noop("Annual frameworks"), tiers_demo.make_frameworks)
    yield from _settlements()
    yield Step(gettext_noop("Suspensions and appeals"), parties_demo.make_suspension)
    yield Step(gettext_noop("Recruiting posts"), recruiting_demo.make_latest)
    yield Step(gettext_noop("Suggestions of the day"), recruiting_demo.make_suggestions)
    yield Step(gettext_noop("Saved searches"), directory_demo.make_searches)
    yield Step(gettext_noop("Shortlist of the merchant"), directory_demo.make_shortlist)
    yield Step(gettext_noop("Visits of the workbench"), make_visits)
    yield Step(gettext_noop("Names that the search finds"), lambda _world: publish_missing())


def _tasks(scale: float) -> Iterator[Step]:
    """Season by season, behind the ratings, and before what they are paid is settled."""
    label = gettext_noop("Tasks and rewards")
    yield Step(label, rewards_demo.make_kinds)
    for back in rewards_demo.seasons_back(scale):
        yield Step(label, partial(rewards_demo.make_season, back=back, scale=scale), units=20)
    yield Step(label, rewards_demo.write_next)
    yield Step(label, rewards_demo.tell_facts)


def _invoices() -> Iterator[Step]:
    """After whatever is billed or settled."""
    yield Step(gettext_noop("Invoices"), invoicing_demo.announce_taxes)
    yield Step(gettext_noop("Invoices"), invoicing_demo.hand_in_invoices)
    yield Step(gettext_noop("Invoices"), invoicing_demo.count_ages)


def _settlements() -> Iterator[Step]:
    """Behind everything that is posted into the months they close."""
    label, paid = gettext_noop("Settlements"), gettext_noop("Payouts")
    for back in range(settlement_demo.MONTHS, -1, -1):
        yield Step(label, partial(settlement_demo.settle_month, back=back), units=20)
        if back:  # the last one waits to be agreed
            yield Step(paid, partial(payouts_demo.pay_month, back=back), units=5)
    yield Step(label, settlement_demo.dispute_latest)
    yield Step(paid, payouts_demo.prepare_latest)


LABELS = {
    PartyKind.MERCHANT: gettext_noop("Merchants"),
    PartyKind.PROVIDER: gettext_noop("Service providers"),
    PartyKind.AGENCY: gettext_noop("Agencies"),
    PartyKind.CREATOR: gettext_noop("Creators"),
}


def _cast() -> Iterator[Step]:
    password = settings.DEMO_PASSWORD
    people = gettext_noop("People of the guide")
    yield Step(people, lambda _world: parties_demo.make_operator(password))
    yield Step(people, lambda _world: parties_demo.make_evaluator(password))
    yield Step(people, lambda _world: parties_demo.make_finance(password))
    for kind in parties_demo.CAST:
        make = partial(parties_demo.make_cast_party, kind=kind, password=password)
        yield Step(people, make)
    yield Step(people, partial(parties_demo.make_colleagues, password=password))
    unclaimed = partial(parties_demo.make_unclaimed, password=password)
    yield Step(gettext_noop("Profiles of public data"), unclaimed)
    yield Step(gettext_noop("Teams and cases"), parties_demo.make_cast_portfolio)
    yield Step(people, parties_demo.make_cast_shops)
    yield Step(gettext_noop("Pictures"), parties_demo.make_cast_pictures)


def _feeds() -> Iterator[Step]:
    """Daily figures of the shop and the creator of the guide."""
    for kind in activity_demo.BEGAN_WITH:
        yield Step(gettext_noop("Daily figures"), partial(activity_demo.make_feed, kind=kind))
    yield Step(gettext_noop("Figures of creators"), activity_demo.make_cast_figures)


def _figures(scale: float) -> Iterator[Step]:
    """What is known of every creator."""
    label = gettext_noop("Figures of creators")
    for numbers in _batches(number_of(PartyKind.CREATOR, scale)):
        make = partial(activity_demo.make_figures, numbers=numbers)
        yield Step(label, make, units=len(numbers))


def _crowd(kind: PartyKind, scale: float) -> Iterator[Step]:
    """As many as are registered, with the one of the guide."""
    for numbers in _batches(number_of(kind, scale)):
        make = partial(parties_demo.make_parties, kind=kind, numbers=numbers)
        yield Step(LABELS[kind], make, units=len(numbers))


def number_of(kind: PartyKind, scale: float) -> int:
    """Two at least, so that everybody has somebody to deal with."""
    return max(2, round(REGISTERED[kind] * scale))


def _rosters(scale: float) -> Iterator[Step]:
    label, agencies = gettext_noop("Rosters"), number_of(PartyKind.AGENCY, scale)
    for numbers in _batches(number_of(PartyKind.CREATOR, scale)):
        make = partial(parties_demo.make_rosters, numbers=numbers, agencies=agencies)
        yield Step(label, make, units=len(numbers), after=BESIDE_KIND)
    yield Step(label, parties_demo.make_cast_roster)


def _batches(count: int) -> Iterator[range]:
    """The numbers from 1, in even parts."""
    size = min(BATCH, ceil(count / BATCHES))
    for first in range(1, count, size):
        yield range(first, min(first + size, count))


def _recruiting(scale: float) -> Iterator[Step]:
    """Posts, and what was offered to them: their cooperations are lived with the others."""
    told = recruiting_demo.stories(round(POSTS * scale))
    for first in range(0, len(told), POSTS_AT_ONCE):
        make = partial(recruiting_demo.make_posts, told=told[first : first + POSTS_AT_ONCE])
        yield Step(gettext_noop("Recruiting posts"), make, units=POSTS_AT_ONCE)


def _products(scale: float) -> Iterator[Step]:
    """What every merchant offers."""
    label = gettext_noop("Products")
    yield Step(label, catalogue_demo.make_cast_products)
    for numbers in _batches(number_of(PartyKind.MERCHANT, scale)):
        make = partial(catalogue_demo.make_products, numbers=numbers)
        yield Step(label, make, units=len(numbers))
    yield Step(label, catalogue_demo.make_papers)


def _reputations() -> Iterator[Step]:
    """How good it proved; behind the orders that it is read of."""
    label = gettext_noop("Reputation of products")
    yield Step(label, catalogue_demo.make_facts)
    for number in range(catalogue_demo.WEEKS):
        yield Step(label, partial(catalogue_demo.rate_week, number=number))
    yield Step(gettext_noop("Weekly boards"), catalogue_demo.make_boards)
    yield Step(gettext_noop("Deposits of creators"), catalogue_demo.make_gates)


def _agreed(scale: float) -> Iterator[Step]:
    """Needs and posts, with the cooperations that came of them."""
    merchants = number_of(PartyKind.MERCHANT, scale)
    told = needs_demo.stories(round(NEEDS * scale))
    for first in range(0, len(told), NEEDS_AT_ONCE):
        some = told[first : first + NEEDS_AT_ONCE]
        make = partial(needs_demo.make_needs, told=some, merchants=merchants)
        yield Step(gettext_noop("Needs"), make, units=len(some))
    yield from _recruiting(scale)


def _sales(scale: float) -> Iterator[Step]:
    yield Step(gettext_noop("Accounts and shops"), cooperation_demo.make_new_shops)
    lines = ceil(ORDER_LINES * scale / LIVES)
    yield Step(gettext_noop("Agreements"), revenue_demo.announce_fees)
    for part in range(LIVES):
        sell = partial(cooperation_demo.make_orders, part=part, of=LIVES, lines=lines)
        yield Step(gettext_noop("Sales orders"), sell, units=lines)


def _lives() -> Iterator[Step]:
    for since in range(needs_demo.SHOWN_DAYS, 0, -SHOWN_AT_ONCE):
        show = partial(needs_demo.make_showings, since=since, until=since - SHOWN_AT_ONCE)
        yield Step(gettext_noop("Candidates that were looked at"), show)
    for part in range(LIVES):
        live = partial(cooperation_demo.live_cooperations, part=part, of=LIVES)
        yield Step(gettext_noop("Cooperations"), live)
    for part in range(LIVES):
        said = partial(cooperation_demo.make_reviews, part=part, of=LIVES)
        yield Step(gettext_noop("Reviews"), said)


def plan_orders(scale: float, lines: int) -> list[Step]:
    """Turns of as many as the load has made; then what they say of those who sold."""
    a_turn = ceil(ORDER_LINES * scale)
    label, at_once = gettext_noop("Sales orders"), ceil(a_turn / LIVES)
    sell = partial(cooperation_demo.make_orders, of=LIVES, lines=at_once)
    return [
        *(
            Step(label, partial(sell, part=part, turn=turn), units=at_once)
            for turn in range(1, ceil(lines / a_turn))
            for part in range(LIVES)
        ),
        Step(gettext_noop("Facts of orders"), revenue_demo.tell_more_orders, units=at_once),
        Step(gettext_noop("Facts of orders"), needs_demo.reckon_results, units=at_once),
        Step(gettext_noop("Sales orders"), revenue_demo.count_year),
        Step(gettext_noop("Targets of the year"), goals_demo.count_year),
        Step(gettext_noop("Levels of creators"), growth_demo.count_levels),
    ]
