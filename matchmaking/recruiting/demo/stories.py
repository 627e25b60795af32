"""How far each post of the demo has come, and what became of each offer to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from matchmaking.recruiting.services import Happening
from matchmaking.recruiting.states import LAPSE_AFTER, REJECT_REASONS, WithdrawReason
from portal.core import clock
from portal.parties.demo import at_work

POSTS_OF_A_HUNDRED = {"open": 24, "paused": 3, "draft": 2, "closed": 33, "expired": 38}
OLDEST, OPEN_FOR, RUNNING_FOR = 300, 10, 9  # days
ENDED = {"rejected": 66, "accepted": 2, "withdrawn": 7, "lapsed": 20, "bargained": 1, "listed": 4}
RUNNING = {"waiting": 48, "shortlisted": 14, "asked": 8, "agreed": 4, "rejected": 18}
RUNNING |= {"accepted": 3, "withdrawn": 3}
CLOSED_AFTER = 2 * LAPSE_AFTER  # its last day: by then every offer has had its answer
MOST = 80  # offers to one post
STEP_BP = 100  # of a counter-offer


@dataclass(frozen=True, slots=True)
class Story:
    """A post of the history: when it was written, and how far it has come."""

    number: int
    age: int
    stage: str

    @property
    def is_running(self) -> bool:
        return self.stage in {"open", "paused"}


def stories(count: int) -> list[Story]:
    """The oldest first, as life has it."""
    return sorted(map(_story, range(count)), key=lambda s: (-s.age, s.number))


def _story(number: int) -> Story:
    random = Random(f"post:{number}")
    [stage] = random.choices(list(POSTS_OF_A_HUNDRED), weights=list(POSTS_OF_A_HUNDRED.values()))
    if stage in {"open", "paused", "draft"}:
        return Story(number, random.randint(1, RUNNING_FOR), stage)
    least = OPEN_FOR + CLOSED_AFTER.days + 3
    return Story(number, least + int((OLDEST - least) * random.random() ** 1.4), stage)


def offers_wanted(story: Story, random: Random) -> int:
    """A few posts are asked by everybody, many by some; a young one has had less time."""
    if story.stage == "draft":
        return 0
    most = MOST if not story.is_running else 14 * story.age
    return min(most, int(random.paretovariate(1.05) * 11))


def happenings_of(
    story: Story, begun: datetime, closes: datetime, dawn: datetime
) -> Iterator[Happening]:
    if story.stage == "draft":
        return
    yield Happening(begun, "publish")
    if story.stage == "paused":
        yield Happening(dawn - timedelta(hours=1), "pause")
    elif story.stage == "expired":
        yield Happening(closes, "expire")
    elif story.stage == "closed":
        yield Happening(closes + CLOSED_AFTER, "close")


def answers_of(
    story: Story, submitted: datetime, least_bp: int, dawn: datetime, random: Random
) -> list[Happening]:
    """What was done to one offer: all of it before `dawn`, and nothing waits for too long."""
    told = list(_answers(story, submitted, least_bp, random))
    if any(one.at >= dawn for one in told):
        told = [one for one in told if one.at < dawn]
    is_over = told and told[-1].what in {"accept", "reject", "withdraw", "lapse"}
    last = told[-1].at if told else submitted
    if not is_over and last + LAPSE_AFTER <= dawn:
        told.append(Happening(last + LAPSE_AFTER, "lapse"))
    return told


def _answers(
    story: Story, submitted: datetime, commission_bp: int, random: Random
) -> Iterator[Happening]:
    shares = RUNNING if story.is_running else ENDED
    [end] = random.choices(list(shares), weights=list(shares.values()))
    at = _days_on(submitted, random.randint(1, 3), random)
    if end in {"shortlisted", "listed", "bargained", "accepted"}:
        yield Happening(at, "shortlist")
        at = _days_on(at, 1, random)
    if end in {"asked", "agreed", "bargained"}:
        yield Happening(at, "counter", commission_bp=commission_bp + STEP_BP)
        at = _days_on(at, 1, random)
    if end in {"agreed", "bargained"}:
        yield Happening(at, "agree")
        at = _days_on(at, 1, random)
    if end in {"bargained", "accepted"}:
        yield Happening(at, "accept")
    elif end == "rejected":
        yield Happening(at, "reject", reason=random.choice(REJECT_REASONS))
    elif end == "withdrawn":
        yield Happening(at, "withdraw", reason=random.choice(list(WithdrawReason)))


def _days_on(moment: datetime, days: int, random: Random) -> datetime:
    return at_work(clock.day_of(moment) + timedelta(days=days), random)
