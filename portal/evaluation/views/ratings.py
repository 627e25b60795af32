"""A party's own rating, opened; and what it would be if some values were others."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, whole_number
from portal.evaluation import rules, selectors
from portal.evaluation.forms import TrialForm
from portal.evaluation.models import Appeal
from portal.evaluation.selectors import OwnRating
from portal.evaluation.states import AppealStatus

SHOWN_APPEALS = 5


@login_required
@require_safe
def evaluation_detail(request: PageRequest) -> HttpResponse:
    """The newest snapshot that shows the party, or an earlier one; one service at a time."""
    party = rules.rated_party(request.actor)
    own = _own(request)
    appeals = Appeal.objects.visible_to(request.actor).filter(party=party)
    context = {
        "own": own,
        "party": party,
        "appeals": appeals.select_related("rating__snapshot").order_by("-filed_at")[:SHOWN_APPEALS],
        "appealed": _appealed(own),
        "can_appeal": rules.can_appeal_rating(request.actor, own.rating)
        if own and own.rating
        else None,
        "counts": selectors.appeal_counts(selectors.METHOD_OF[party.kind]),
        "coming": selectors.announced(selectors.METHOD_OF[party.kind]),
    }
    return render_page(request, "evaluation/evaluation_detail.html", context)


@login_required
@require_safe
def what_if(request: PageRequest) -> HttpResponse:
    """Other values, in the address: reckoned anew by the engine, stored nowhere."""
    rules.rated_party(request.actor)
    own = _own(request)
    if own is None or own.board is None:
        raise Http404
    form = TrialForm(request.GET, board=own.board)
    values = form.values()
    trial = selectors.trial_of(own.board, values)
    context = {
        "own": own,
        "form": form,
        "values": values,
        "trial": trial,
        "band": selectors.SCORE_BANDS[trial.band] if trial.score is not None else _("Not rated"),
        "rows": selectors.trial_rows(own.board, values),
        "tried": [trial.scores.get(part.code) for part in own.board.parts] if values else None,
    }
    return render_page(request, "evaluation/what_if.html", context, partial="trial")


def _own(request: PageRequest) -> OwnRating | None:
    return selectors.own_rating(
        rules.rated_party(request.actor),
        snapshot=whole_number(request.GET.get("snapshot", "")),
        service=request.GET.get("service", ""),
    )


def _appealed(own: OwnRating | None) -> set[str]:
    """Indicators an appeal of this snapshot is filed against already."""
    if own is None or own.rating is None:
        return set()
    filed = own.rating.appeals.exclude(status=AppealStatus.WITHDRAWN)
    return set(filed.values_list("indicator", flat=True))
