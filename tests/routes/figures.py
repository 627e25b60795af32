"""Figures and distributions of creators, and the rules for sharing goods."""

from __future__ import annotations

from datetime import timedelta

from portal.activity import services
from portal.activity.fields import DistributionFields, FiguresFields
from portal.activity.models import Distribution, Figures
from portal.activity.states import Source
from portal.core import clock
from portal.policies.models import CartRule
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

OWN = "visitor 302, creator {0}, * 404"
PAGES = {
    "GET figures_detail": OWN.format(200),
    "GET figures_report": OWN.format(200),
    "POST figures_report": OWN.format(302),
    "GET distribution_report": OWN.format(200),
    "POST distribution_report": OWN.format(302),
}
SAID = "visitor 401, creator 200, operator {0}, administrator {0}, * 403"
API = {
    "GET api-figures": "visitor 401, * 200",
    "POST api-figures": SAID.format(400),  # whose they are is not said
    "GET api-distributions": "visitor 401, * 200",
    "POST api-distributions": SAID.format(400),
}
MINE, NOBODY = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
ADMIN = {
    f"{method} admin:policies_cartrule_{view}": NOBODY if view == "delete" else MINE
    for view in ("changelist", "history", "change", "add", "delete")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
}
SEEN = ("operator", "auditor", "evaluation")
SEEN_IN_ADMIN = {"activity_figures": SEEN, "activity_distribution": SEEN}


def arrange(cast: Cast) -> Arranged:
    party, day = cast.creator.party, clock.today() - timedelta(days=1)
    assert party is not None
    row = FiguresFields(party_id=party.pk, day=day, average_views=100)
    services.record_figures(SYSTEM, figures=[row], source=Source.PLATFORM)
    parts = {"female": 6_000, "male": 4_000}
    spread = DistributionFields(party.pk, "gender", day, parts)
    services.record_distributions(SYSTEM, distributions=[spread], source=Source.PLATFORM)
    rule = CartRule.objects.first()
    assert rule is not None
    kwargs = {"distribution_report": {"kind": "gender"}}
    for view in ("history", "change", "delete"):
        kwargs[f"admin:policies_cartrule_{view}"] = {"object_id": str(rule.pk)}
    said = {"day": day.isoformat()}
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST figures_report": said | {"average_views": "99"},
            "POST distribution_report": said | {"part_female": "60", "part_male": "40"},
            "POST api-figures": {"figures": [said | {"average_views": 99}]},
            "POST api-distributions": {
                "distributions": [said | {"kind": "gender", "parts": parts}]
            },
        },
        rows={
            "activity_figures": Figures.objects.get(),
            "activity_distribution": Distribution.objects.get(),
        },
    )
