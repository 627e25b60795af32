"""The operators' desk: what came of a season, claims to verify, objections to decide."""

from __future__ import annotations

import io
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.sheets import writing as sheets
from portal.core.tables import read_table
from portal.core.templatetags.ui import num
from portal.core.web import render_page, submit
from portal.rewards import rules, selectors, services, states
from portal.rewards.forms import (
    GRANT,
    PASS,
    AppealAnswerForm,
    RevocationForm,
    VerdictForm,
)
from portal.rewards.models import Claim, ClaimAppeal, Programme
from portal.rewards.tables import CLAIMS, TASKS
from portal.rewards.views.own import fetch_appeal, fetch_claim, show_claim

MOST_SEASONS = 20


@login_required
@require_safe
def task_desk(request: PageRequest) -> HttpResponse:
    rules.can_see_claims(request.actor).require()
    seasons = list(Programme.objects.order_by("-starts_on", "-pk")[:MOST_SEASONS])
    season = _chosen(seasons, request.GET.get("season", ""))
    context: dict[str, object] = {"seasons": seasons, "season": season}
    if season is not None and request.GET.get("file") in sheets.TYPES:
        return _file(season, request.GET["file"])
    if season is not None:
        query = request.GET.copy()
        query["season"] = season.code
        context |= {
            "counts": _counts(season),
            "funnel": selectors.funnel_of_season(season),
            "ends": selectors.ends_of_season(season),
            "pools": selectors.forecasts_of(season),
            "costs": selectors.costs_of_season(season),
            "table": read_table(request, TASKS, query=query),
        }
    return render_page(request, "rewards/task_desk.html", context, partial="table")


def _file(season: Programme, form: str) -> HttpResponse:
    """The figures of the page, to go on with elsewhere."""
    target, rows = io.BytesIO(), selectors.figures_of_season(season)
    sheets.write_sheet(form, selectors.header_of_figures(), rows, target)
    answer = HttpResponse(target.getvalue(), content_type=sheets.TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{season.code}.{form}"'
    return answer


def _chosen(seasons: list[Programme], code: str) -> Programme | None:
    """The one asked for, else the one that runs today, else the newest."""
    today = clock.today()
    asked = [one for one in seasons if one.code == code]
    running = [one for one in seasons if one.starts_on <= today <= one.ends_on]
    return next(iter([*asked, *running, *seasons]), None)


def _counts(season: Programme) -> list[dict[str, object]]:
    rows = Claim.objects.filter(task__programme=season).aggregate(
        running=Count("pk", filter=Q(status__in=states.RUNNING)),
        waiting=Count("pk", filter=Q(status__in=states.WAITING)),
        rewarded=Count("pk", filter=Q(status="rewarded")),
    )
    filed = ClaimAppeal.objects.waiting().filter(claim__task__programme=season).count()
    return [
        {"label": pgettext("task", "Under way"), "value": num(rows["running"])},
        {"label": _("To verify"), "value": num(rows["waiting"])},
        {"label": _("Rewarded"), "value": num(rows["rewarded"])},
        {"label": _("Objections to decide"), "value": num(filed)},
    ]


@login_required
@require_safe
def task_claim_register(request: PageRequest) -> HttpResponse:
    rules.can_see_claims(request.actor).require()
    appeals = ClaimAppeal.objects.visible_to(request.actor).waiting()
    context = {
        "table": read_table(request, CLAIMS),
        "facts": _("Those with a sign are worth a second look; a sign decides nothing by itself."),
        "empty": _("Nobody has claimed a task yet. Claims appear here at once."),
        "appeals": appeals.select_related("claim__task", "claim__party").order_by("due_on")[:20],
    }
    return render_page(request, "rewards/task_claim_register.html", context, partial="table")


@login_required
@require_POST
def task_claim_taking(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody looks at it now; the party sees that."""
    return redirect(services.take_up_claim(request.actor, claim=fetch_claim(request, pk)))


@login_required
@require_POST
def task_claim_verdict(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    claim = fetch_claim(request, pk)
    rules.can_pass_claim(request.actor, claim).require()
    form = VerdictForm(request.POST)

    def decide() -> Claim:
        said = form.cleaned_data
        if said["decision"] == PASS:
            return services.pass_claim(request.actor, claim=claim)
        return services.fail_claim(request.actor, claim=claim, reason=said["reason"])

    if submit(form, decide) is None:
        return show_claim(request, claim, decide=form)
    messages.success(request, _("Decided. The party is told."))
    return redirect(claim)


@login_required
@require_POST
def task_claim_revocation(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    claim = fetch_claim(request, pk)
    rules.can_revoke_claim(request.actor, claim).require()
    form = RevocationForm(request.POST)
    done = submit(
        form,
        lambda: services.revoke_claim(request.actor, claim=claim, fields=form.fields_given()),
    )
    if done is None:
        return show_claim(request, claim, revoke=form)
    messages.success(request, _("Revoked. The party is told, and may object."))
    return redirect(claim)


@login_required
@require_http_methods(["GET", "POST"])
def task_appeal_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The objection, and for who may decide it, the answer."""
    appeal, actor = fetch_appeal(request, pk), request.actor
    verdict = rules.can_decide_appeal(actor, appeal)
    form = AppealAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        verdict.require()
    done = submit(
        form,
        lambda: services.decide_appeal(
            actor,
            appeal=appeal,
            grants=form.cleaned_data["decision"] == GRANT,
            sentence=form.cleaned_data["sentence"],
        ),
    )
    if done is not None:
        messages.success(request, _("Decided. The party is told."))
        return redirect("task_appeal_detail", pk=appeal.pk)
    context = {
        "appeal": appeal,
        "claim": appeal.claim,
        "form": form,
        "papers": appeal.evidence.order_by("created_at", "pk"),
        "can_read": rules.can_read_appeal_evidence(actor, appeal),
        "can_decide": verdict,
        "may_decide_others": actor.has_perm("rewards.decide_claimappeal"),
        "can_withdraw": rules.can_withdraw_appeal(actor, appeal),
        "trail": trail(appeal).select_related("user"),
    }
    return render_page(request, "rewards/task_appeal_detail.html", context)
