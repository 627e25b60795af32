"""A creator's own figures: what is known, from whom, and reporting them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.activity import forms, rules, selectors, services
from portal.activity.states import DistributionKind, Source
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties.models import Party
from portal.parties.states import PartyKind


@login_required
@require_safe
def figures_detail(request: PageRequest) -> HttpResponse:
    party = _own_creator(request)
    context = {
        "party": party,
        **selectors.creator_profile(party),
        "kinds": DistributionKind.choices,
        "can_report": rules.can_report_figures(request.actor, party),
    }
    return render_page(request, "activity/figures_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def figures_report(request: PageRequest) -> HttpResponse:
    party = _own_creator(request)
    rules.can_report_figures(request.actor, party).require()
    form = forms.FiguresForm(
        request.POST if request.method == "POST" else None, initial={"day": clock.today()}
    )
    done = submit(
        form,
        lambda: services.record_figures(
            request.actor, figures=[form.figures_fields(party.pk)], source=Source.SELF_REPORTED
        ),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("figures_detail")
    return render_page(request, "activity/figures_report.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def distribution_report(request: PageRequest, kind: str) -> HttpResponse:
    party = _own_creator(request)
    if kind not in DistributionKind.values:
        raise Http404
    rules.can_report_figures(request.actor, party).require()
    form = forms.DistributionForm(request.POST if request.method == "POST" else None, kind=kind)
    done = submit(
        form,
        lambda: services.record_distributions(
            request.actor,
            distributions=[form.distribution_fields(party.pk)],
            source=Source.SELF_REPORTED,
        ),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("figures_detail")
    context = {"form": form, "kind": DistributionKind(kind)}
    return render_page(request, "activity/distribution_report.html", context)


def _own_creator(request: PageRequest) -> Party:
    """Whoever speaks for no creator has no such page."""
    party = request.actor.party
    if party is None or party.kind != PartyKind.CREATOR:
        raise Http404
    return party
