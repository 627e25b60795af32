"""Wishes without a meeting and parties with too few, by name, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import MeetingPlan, SignUp
from matchmaking.fairs.states import Mark

REASONS: Mapping[str, str | Promise] = {
    "no": _("The other side said no"),
    "full": _("No slot was left for both, or others wanted it more"),
    "away": _("One of them has no seat"),
}

# The planner's own sentences are English; by how each begins, what it means here.
FEW: tuple[tuple[str, str | Promise], ...] = (
    ("It has time in", _("It is there in too few slots")),
    ("No more than", _("Too few on the other side, or too many said no")),
    ("", _("Partners and tables are taken")),
)


@dataclass(frozen=True, slots=True)
class Unmet:
    """`other` is None where somebody has too few meetings at all; then `got` of `wanted`."""

    one: SignUp
    other: SignUp | None
    reason: str | Promise
    got: int = 0
    wanted: int = 0

    @property
    def said(self) -> str:
        return str(Mark.MUST.label) if self.other else f"{self.got} / {self.wanted}"


def unmet_of(plan: MeetingPlan, most: int | None = None) -> list[Unmet]:
    """Who has too few first; of each at most `most`."""
    few, lacking = plan.unmet[:most], plan.lacking[:most]
    keys = {row[name] for row in lacking for name in ("sign_up", "other")}
    keys |= {row["id"] for row in few}
    people = SignUp.objects.select_related("party").in_bulk(keys)
    known = {str(key): row for key, row in people.items()}
    return [
        *(_few(known[row["id"]], row) for row in few if row["id"] in known),
        *(
            Unmet(known[row["sign_up"]], known[row["other"]], REASONS[row["reason"]])
            for row in lacking
            if {row["sign_up"], row["other"]} <= known.keys()
        ),
    ]


def _few(sign_up: SignUp, row: Mapping[str, Any]) -> Unmet:
    reason = next(said for start, said in FEW if row["reason"].startswith(start))
    return Unmet(sign_up, None, reason, row["got"], row["wanted"])
