"""What the two sides of the demo's cooperations said of each other, where something was paid."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from matchmaking.cooperation import services
from matchmaking.cooperation.demo.parts import of_part
from matchmaking.cooperation.fields import AnswerFields, ReviewFields
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.selectors import settled_line_of
from matchmaking.cooperation.states import OVER, REVIEW_WITHIN
from portal.core import clock, outbox
from portal.parties.demo import DEMO, World, acting
from portal.revenue.order_states import EventKind
from portal.revenue.selectors import figures_by_agreement

PRAISE = (
    "配合顺畅，响应及时，数据每周都会对齐。",
    "执行到位，节奏稳定，愿意继续合作。",
    "前期磨合略慢，后面效果达到预期。",
    "主播专业，话术打磨认真。",
    "",
)
COMPLAINT = ("排期多次调整，沟通成本偏高。", "复盘报告经常晚交。", "效果低于预期，退货率偏高。")
THANKS = "感谢反馈，我们会继续改进。"


def make_reviews(world: World, *, part: int, of: int) -> None:
    """Of those of one part whose orders have settled."""
    over = Cooperation.objects.filter(status__in=OVER, began_at__isnull=False, reviews=None)
    rows = list(of_part(over, part, of).select_related("merchant", "provider", "payment"))
    found = figures_by_agreement([row.agreement_id for row in rows])
    with outbox.born_delivered():
        for row in rows:
            if row.agreement_id in found and found[row.agreement_id].settled_fen:
                if row.first_payment is None:
                    _see_payment(row)
                _review(world, row)
        if part == of - 1:
            services.publish_reviews(DEMO)


def _see_payment(cooperation: Cooperation) -> None:
    """When its first line settled, where its end did not see it."""
    line = settled_line_of(cooperation)
    assert line is not None  # noqa: S101 - the caller saw its figures
    settled = line.events.filter(kind=EventKind.SETTLED).earliest("occurred_at")
    with clock.standing_at(settled.occurred_at):
        services.note_payment(DEMO, cooperation)


def _review(world: World, cooperation: Cooperation) -> None:
    """Both in most cases, one alone in some, nobody in others."""
    sides = acting(cooperation.merchant), acting(cooperation.provider)
    random = Random(f"reviews:{cooperation.title}")
    until = cooperation.reviews_until
    assert until is not None  # noqa: S101 - it is over, and paid
    speakers = random.choice((sides, sides, sides, sides[:1], sides[1:], ()))
    moment = until - REVIEW_WITHIN
    for side in speakers:
        moment += timedelta(hours=random.randint(10, 90))
        if moment >= world.dawn:
            return
        with clock.standing_at(moment):
            services.give_review(side, cooperation=cooperation, fields=_said(random))
    shown = cooperation.reviews.exclude(published_at=None).filter(about=cooperation.provider)
    review = shown.select_related("cooperation").first()
    answered = moment + timedelta(days=1)
    if review is not None and review.stars < 4 and answered < world.dawn:
        with clock.standing_at(answered):
            fields = AnswerFields(THANKS)
            services.answer_review(sides[1], review=review, fields=fields)


def _said(random: Random) -> ReviewFields:
    is_good = random.random() < 0.85
    stars = random.choices((4, 4, 5, 5, 5) if is_good else (1, 2, 2, 3), k=3)
    return ReviewFields(
        result=stars[0],
        communication=stars[1],
        reliability=stars[2],
        text=random.choice(PRAISE if is_good else COMPLAINT),
    )
