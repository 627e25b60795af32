"""Tasks to look around in, the path of one before it is claimed, and claiming it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import ordered_page, render_page
from portal.evaluation.selectors import indicator_names
from portal.parties.states import PartyKind
from portal.rewards import rules, selectors, services
from portal.rewards.models import Claim, Task
from portal.rewards.selectors import Wanted
from portal.rewards.states import ALIVE, SIZES, Line, Unit
from portal.rewards.words import lifts_of

CARDS = 12
MOST_LETTERS = 80


@require_safe
def task_list(request: PageRequest) -> HttpResponse:
    """Everybody looks around; who is rated reads first what would lift the weakest figures."""
    wanted = _wanted(request)
    page = ordered_page(
        selectors.tasks_for(request.actor, wanted),
        request.GET.get("cursor", ""),
        field="turn",
        ascending=True,
        size=CARDS,
    )
    is_first = not wanted.is_narrowed and not request.GET.get("cursor")
    lifting = selectors.tasks_lifting(request.actor) if is_first else []
    context = {
        "wanted": wanted,
        "filters": _filters(wanted),
        "page": page,
        "beginning": selectors.beginning_of(request.actor) if is_first and not lifting else None,
        "cards": selectors.cards_of(request.actor.party, page.rows),
        "lifting": lifting,
        "can_manage": rules.can_see_claims(request.actor),
    }
    return render_page(request, "rewards/task_list.html", context, partial="task-list")


def _wanted(request: PageRequest) -> Wanted:
    given = {name: str(said).replace("\0", "") for name, said in request.GET.items()}
    party = request.actor.party
    own = party.kind if party is not None else ""
    ours = selectors.OURS if party is not None and party.is_trusted else ""
    return Wanted(
        words=given.get("q", "").strip()[:MOST_LETTERS],
        kind=given.get("kind", own),
        line=given.get("line", ""),
        unit=given.get("unit", ""),
        size=given.get("size", ""),
        is_open=given.get("open", "") == "1",
        own=own,
        whose=given.get("whose", ours),
    )


def _filters(wanted: Wanted) -> list[dict[str, Any]]:
    """What suits who looks stands first, and needs no sizes; a visitor has no such choice."""
    ours = (
        [("whose", _("Which tasks"), [(selectors.OURS, _("What suits us"))])] if wanted.own else []
    )
    sizes = [("size", _("Size of a provider"), [(one, one) for one in SIZES])]
    return [
        {"name": name, "label": label, "choices": choices, "value": getattr(wanted, name)}
        for name, label, choices in (
            *ours,
            ("kind", _("For"), PartyKind.choices),
            ("line", _("Growth line"), Line.choices),
            ("unit", _("Reward"), Unit.choices),
            *([] if wanted.is_ours else sizes),
        )
    ]


@require_safe
def task_detail(request: PageRequest, pk: int) -> HttpResponse:
    """The path before claiming: steps, where one stands today, what is left, what one wins."""
    task, actor = _task(request, pk), request.actor
    party, claim = actor.party, _own_claim(request, task)
    is_for = party is not None and party.kind in task.kinds
    context: dict[str, Any] = {
        "task": task,
        "claim": claim,
        "facts": " · ".join([task.programme.name, *(v for _l, v in selectors.audience_of(task))]),
        "lifts": lifts_of(task, indicator_names() if task.indicator else {}),
        "stands_at": selectors.stands_at(actor, task.indicator),
        "reward": selectors.reward_shown(task),
        "terms": list(selectors.terms_of(task)),
        "bars": selectors.left_of(task),
        "audience": selectors.audience_of(task),
        "counting": selectors.counting_of(task),
        "has_standing": is_for,
        "can_claim": rules.can_claim_task(actor, task, party) if party else None,
        "can_manage": rules.can_see_claims(actor),
    }
    if claim is not None:
        context["steps"] = selectors.steps_of(claim)
    elif is_for and party is not None:
        context["steps"] = selectors.steps_before(selectors.preview_path(task, party))
    else:
        context["steps"] = selectors.steps_alone(task)
    return render_page(request, "rewards/task_detail.html", context)


@login_required
@require_POST
def task_claim(request: PageRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    if request.actor.party is None:
        raise Http404
    claim = services.claim_task(request.actor, task=task, party=request.actor.party)
    messages.success(request, _("Claimed. What you do from now on is counted each night."))
    return redirect(claim)


def _task(request: PageRequest, pk: int) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.actor).whole(), pk=pk)


def _own_claim(request: PageRequest, task: Task) -> Claim | None:
    if request.actor.party is None:
        return None
    rows = Claim.objects.filter(task=task, party=request.actor.party, status__in=ALIVE)
    return rows.whole().first()
