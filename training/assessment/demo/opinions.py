"""What the demo's learners say of the courses they completed."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db import transaction

from portal.core import outbox
from portal.parties.demo import DEMO, World
from training.assessment import services
from training.assessment.services import Said
from training.courses.states import SessionStatus
from training.learning.models import Enrolment

SAYS = 0.45
WORDS = (
    *("清单拿回去第二天就用上了。", "例子都是真实的数，听得懂。", ""),
    *("节奏有点快，希望多留时间答疑。", "讲到我们正在犯的错，受用。", ""),
    *("线下分组练习最有收获。", "材料可以再多一些同类目的案例。"),
)


@transaction.atomic
def make_opinions(world: World) -> None:
    rows = (
        Enrolment.objects.completed()
        .filter(session__status=SessionStatus.DONE, ended_at__lt=world.dawn - timedelta(days=2))
        .select_related("session", "learner")
        .order_by("ended_at", "session__starts_at", "session__course__code", "learner__name")
    )
    random = Random("opinions of courses")
    said = [
        Said(
            one,
            random.choices((5, 4, 3, 2), (52, 34, 11, 3))[0],
            random.choice(WORDS),
            (one.ended_at or world.dawn) + timedelta(hours=random.randint(2, 40)),
        )
        for one in rows
        if random.random() < SAYS
    ]
    with outbox.born_delivered():
        services.bring_feedback(DEMO, said=said)
