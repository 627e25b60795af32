"""The evidence of a rating as a table: every fact of the party's own up to the moment of the
snapshot, whether it counted, and why not. Reviewers stand under a pseudonym."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.verdict import Refused, unmet
from portal.core.web import whole_number
from portal.evaluation import rules
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact, Rating
from portal.evaluation.states import COUNTED

BATCH = 2_000
DAILY_ROWS = 200_000
PSEUDONYMOUS = frozenset({"satisfaction", "disputes"})  # who said it is not told
COLUMNS = (
    *(gettext_lazy("Measure"), gettext_lazy("Service"), gettext_lazy("From"), gettext_lazy("To")),
    *(gettext_lazy("Value"), gettext_lazy("Sample"), gettext_lazy("Counterparty")),
    *(gettext_lazy("Source grade"), gettext_lazy("Came by"), gettext_lazy("Row behind it")),
    *(gettext_lazy("Counted"), gettext_lazy("Why not"), gettext_lazy("Recorded at")),
)


def clean(params: Params) -> Params:
    """`rating`: the key of a rating of one's own."""
    return {"rating": whole_number(str(params.get("rating", "")))}


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    rating = _rating(actor, params)
    facts = _facts(rating).select_related("service", "counterpart", "correction")
    for fact in facts.order_by("measure", "ends_on", "pk").iterator(BATCH):
        yield _row(rating, fact)


def total(actor: Actor, params: Params) -> int:
    return _facts(_rating(actor, params)).count()


def _rating(actor: Actor, params: Params) -> Rating:
    mine = Rating.objects.visible_to(actor).filter(party=actor.party_id)
    rating = mine.select_related("snapshot").filter(pk=params["rating"]).first()
    if rating is None:
        raise Refused(unmet(_("There is no such rating of yours.")))
    return rating


def _facts(rating: Rating) -> QuerySet[Fact]:
    until = Fact.objects.filter(party=rating.party_id, recorded_at__lte=rating.snapshot.cut)
    return until.filter(Q(service=None) | Q(service=rating.service_id))


def _row(rating: Rating, fact: Fact) -> list[Any]:
    reason = _why_not(rating, fact)
    measure = MEASURES.get(fact.measure)
    return [
        str(measure.title) if measure else fact.measure,
        fact.service.name if fact.service else "",
        fact.starts_on,
        fact.ends_on,
        fact.value,
        fact.sample,
        _counterpart(fact),
        fact.get_grade_display(),
        fact.get_door_display(),
        f"{fact.ref_kind} {fact.ref_id}",
        _("No") if reason else _("Yes"),
        reason,
        fact.recorded_at.isoformat(timespec="seconds"),
    ]


def _why_not(rating: Rating, fact: Fact) -> str:
    """As it stood at the snapshot's moment: what was corrected later still counted in it."""
    correction = getattr(fact, "correction", None)
    if correction is not None and correction.recorded_at <= rating.snapshot.cut:
        return _("Corrected by a later row")
    if fact.is_void:
        return _("Taken back: %(why)s") % {"why": fact.why}
    if fact.strike:
        return str(fact.get_strike_display())
    return "" if fact.grade in COUNTED else str(fact.get_grade_display())


def _counterpart(fact: Fact) -> str:
    if fact.counterpart is None:
        return ""
    if fact.measure not in PSEUDONYMOUS:
        return fact.counterpart.name
    return salted_hmac("evaluation.evidence", f"{fact.party_id}:{fact.counterpart_id}").hexdigest()[
        :8
    ]


register_export(
    ExportKind(
        name="evaluation.evidence",
        title=gettext_lazy("Evidence of a rating"),
        columns=COLUMNS,
        rows=rows,
        may=rules.can_see_own_rating,
        daily_rows=DAILY_ROWS,
        clean=clean,
        total=total,
    )
)
