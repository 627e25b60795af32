"""Appeals in each state: some against the preview of the last whole quarter, answered before its
official rating; some against the newest one, on their way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.core import clock
from portal.evaluation import rules, services
from portal.evaluation.demo.people import (
    first_person,
    history_at,
    homes_of,
    owner_of,
    second_person,
)
from portal.evaluation.fields import AppealFields, Correction
from portal.evaluation.gathering import parse_gathering
from portal.evaluation.models import Appeal, Fact, Rating, Snapshot
from portal.evaluation.states import AppealOutcome
from portal.parties.demo import World

KEEP, DATA, RULE = AppealOutcome.KEEP, AppealOutcome.DATA, AppealOutcome.RULE
FOUND, ANSWERED = timedelta(days=2), timedelta(days=4)  # after it was filed
BETTER, MOST = 4.5, 99.5  # percent


@dataclass(frozen=True, slots=True)
class Story:
    """By the `place`-th of the rated, against one of the `codes`: the first it has figures of."""

    place: int
    codes: Sequence[str]
    text: str
    finding: str = ""
    proposed: AppealOutcome = KEEP
    outcome: AppealOutcome | None = None
    sentence: str = ""
    is_withdrawn: bool = False


ANSWERED_STORIES = (
    Story(
        0,
        ("T3", "T1"),
        "两位同事是内部调岗，不是离职，却被算进了流失。附调岗记录。",
        "调岗单与社保记录一致，两人未离职。",
        DATA,
        DATA,
        "两人为内部调岗，已按实际人数更正。",
    ),
    Story(
        1,
        ("H1", "H2"),
        "有一条差评来自没有付款的合作，不应计入。",
        "该评价来自已付款三个月的合作，符合计入条件。",
        KEEP,
        KEEP,
        "该评价来自已付款的合作，符合计入规则，数字维持。",
    ),
    Story(
        2,
        ("C2", "C3"),
        "调休的工作日也计入了响应时长，对小团队不公平。",
        "规则按工作时间计算，调休日按法定安排计入；口径值得讨论。",
        RULE,
        RULE,
        "计算符合本版规则；调休日的口径已列入下一版讨论。",
    ),
    Story(3, ("I5", "T3"), "有一项整改的完成时间记错了。", is_withdrawn=True),
)
RUNNING_STORIES = (
    Story(1, ("G4", "G5"), "有两家商家是合同到期后改签年框，被算成了未续约。"),
    Story(
        0,
        ("T1", "T3"),
        "三位同事上月在线下考点取得证书，系统里没有记录。",
        "考点名单有三人姓名，证书编号可查；建议更正。",
        DATA,
    ),
    Story(2, ("T3", "T1"), "两位同事休产假，被算成了离职。"),
)


def make_answered(world: World, preview: Snapshot) -> Appeal | None:
    """Filed, examined and decided before the official rating. The one that was right, if any."""
    right = None
    filed_at = _morning_after(preview)
    for story, rating, code in _told(ANSWERED_STORIES, preview):
        if filed_at + ANSWERED >= world.dawn:
            break
        appeal = _file(story, rating, code, filed_at)
        if story.is_withdrawn:
            with history_at(filed_at + FOUND):
                services.withdraw_rating_appeal(owner_of(rating.party), appeal=appeal)
            continue
        appeal = _answer(story, _examine(story, appeal, filed_at + FOUND), filed_at + ANSWERED)
        right = appeal if appeal.correction_id else right
    return right


def make_running(world: World, preview: Snapshot) -> None:
    """Filed as late as could be, and not answered yet."""
    until = rules.appeals_until(preview)
    if until is None:
        return
    filed_at = min(_at(until, 11), world.dawn - timedelta(days=3))
    if filed_at <= (preview.published_at or world.dawn):
        return
    for story, rating, code in _told(RUNNING_STORIES, preview):
        appeal = _file(story, rating, code, filed_at)
        if story.finding:
            _examine(story, appeal, filed_at + FOUND)


def _told(stories: Sequence[Story], preview: Snapshot) -> Iterator[tuple[Story, Rating, str]]:
    """With whom and which figure each is about; where few are rated, one tells several."""
    homes = homes_of(preview, most=4)
    contested: set[tuple[int, str]] = set()
    for story in stories:
        if not homes:
            return
        rating = homes[story.place % len(homes)]
        code = _figure(rating, story.codes, contested)
        if code is not None:
            contested.add((rating.pk, code))
            yield story, rating, code


def _figure(rating: Rating, codes: Sequence[str], contested: set[tuple[int, str]]) -> str | None:
    known = rating.values.filter(facts__gt=0).order_by("pk").values_list("indicator", flat=True)
    left = [code for code in known if (rating.pk, code) not in contested]
    return next((code for code in codes if code in left), next(iter(left), None))


def _file(story: Story, rating: Rating, code: str, at: datetime) -> Appeal:
    with history_at(at):
        return services.file_rating_appeal(
            owner_of(rating.party), rating=rating, indicator=code, fields=AppealFields(story.text)
        )


def _examine(story: Story, appeal: Appeal, at: datetime) -> Appeal:
    with history_at(at):
        return services.examine_rating_appeal(
            first_person(), appeal=appeal, finding=story.finding, proposed=story.proposed
        )


def _answer(story: Story, appeal: Appeal, at: datetime) -> Appeal:
    assert story.outcome is not None  # noqa: S101 - of those that are answered
    correction = _correction(appeal) if story.outcome == DATA else None
    with history_at(at):
        return services.decide_rating_appeal(
            second_person(),
            appeal=appeal,
            outcome=story.outcome,
            sentence=story.sentence,
            correction=correction,
        )


def _correction(appeal: Appeal) -> Correction | None:
    """The newest row behind the figure, with somewhat more of what it counts."""
    gathering = parse_gathering(appeal.rating.snapshot.method.gathering)
    rows = Fact.objects.counted().filter(
        party=appeal.party_id,
        measure=gathering.gatherers[appeal.indicator].measure,
        ends_on__lte=appeal.rating.snapshot.ends_on,
    )
    row = rows.order_by("-ends_on", "-pk").first()
    return None if row is None else Correction(row.pk, min(MOST, round(row.value + BETTER, 2)))


def _morning_after(preview: Snapshot) -> datetime:
    shown = clock.day_of(preview.published_at or preview.started_at)
    return _at(shown + timedelta(days=2), 10)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), tzinfo=clock.SHANGHAI)
