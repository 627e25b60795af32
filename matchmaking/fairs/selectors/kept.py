"""Whether a plan keeps the hard rules, counted again on what stands in it now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from matchmaking.fairs.models import MeetingPlan, Wish
from matchmaking.fairs.states import Mark
from portal.seats.states import TAKES


@dataclass(frozen=True, slots=True)
class Kept:
    """Meetings that break each rule; 0 where all is well. Nobody in two places and no table taken
    twice are not among them: the database stores nothing else."""

    in_breaks: int
    nowhere: int  # a table or a time that the fair has not
    refused: int  # one of the two said no
    without_seat: int  # one of the two gave it back since

    @property
    def broken(self) -> int:
        return self.in_breaks + self.nowhere + self.refused + self.without_seat


def kept_rules(plan: MeetingPlan) -> Kept:
    said = Wish.objects.filter(mark=Mark.NO).filter(
        Q(sign_up=OuterRef("left"), other=OuterRef("right"))
        | Q(sign_up=OuterRef("right"), other=OuterRef("left"))
    )
    seated = Q(left__claim__status__in=TAKES, right__claim__status__in=TAKES)
    rows = plan.meetings.order_by().annotate(is_refused=Exists(said))
    found = rows.aggregate(
        in_breaks=Count("pk", filter=Q(slot__in=plan.pauses)),
        nowhere=Count("pk", filter=Q(table__gte=plan.fair.tables) | Q(slot__gte=plan.slots)),
        refused=Count("pk", filter=Q(is_refused=True)),
        without_seat=Count("pk", filter=~seated),
    )
    return Kept(**found)
