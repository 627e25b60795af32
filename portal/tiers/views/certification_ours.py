"""An agency's own way to the mark: where it stands, its draft, documents, result and objection."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.tiers import rules, selectors, services
from portal.tiers.forms import ApplyingForm, PaperForm
from portal.tiers.models import (
    CertificationApplication,
    CertificationMark,
    CertificationPaper,
    CertificationRound,
)


@login_required
@require_safe
def certification_home(request: PageRequest) -> HttpResponse:
    party = request.actor.party
    rules.can_see_own_certification(request.actor).require()
    if party is None:
        raise Http404
    round_ = selectors.near_certification_round()
    mine = CertificationApplication.objects.visible_to(request.actor).filter(party=party).whole()
    context = {
        "party": party,
        "round": round_,
        "application": mine.filter(round=round_).first() if round_ else None,
        "checks": list(rules.checks_of_agency(round_, party)) if round_ else [],
        "can_start": rules.can_start_certification(request.actor, round_),
        "mark": CertificationMark.objects.held().filter(party=party).whole().last(),
        "past": mine.order_by("-round__year")[:12],
    }
    return render_page(request, "tiers/certification_home.html", context)


@login_required
@require_POST
def certification_start(request: PageRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(CertificationRound.objects.whole(), pk=pk)
    draft = services.start_certification(request.actor, round_=round_)
    return redirect("certification_edit", draft.pk)


@login_required
@require_http_methods(["GET", "POST"])
def certification_edit(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The draft; it is saved by either button, and handed in by one of them."""
    application = own_certification(request, pk)
    rules.can_edit_certification(request.actor, application).require()
    form = ApplyingForm(
        request.POST if request.method == "POST" else None,
        initial={"strengths": application.strengths, "cases": application.cases},
    )
    saved = submit(
        form,
        lambda: services.save_certification(
            request.actor, application=application, fields=form.applying_fields()
        ),
    )
    if saved is not None:
        if "submit" not in request.POST:
            messages.success(request, _("Saved. Go on whenever you like while the window is open."))
            return redirect("certification_edit", pk)
        done = submit(form, lambda: services.submit_certification(request.actor, application=saved))
        if done is not None:
            messages.success(request, _("Handed in. You are told of each step."))
            return redirect(done)
    paper = PaperForm(of=application)
    return _edit_page(request, application, form, paper)


@login_required
@require_POST
def certification_paper(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Another document of the draft."""
    application = own_certification(request, pk)
    rules.can_edit_certification(request.actor, application).require()
    paper = PaperForm(request.POST, request.FILES, of=application)
    added = submit(
        paper,
        lambda: services.add_certification_paper(
            request.actor, application=application, fields=paper.paper_fields()
        ),
    )
    if added is not None:
        messages.success(request, _("Added."))
        return redirect("certification_edit", pk)
    form = ApplyingForm(initial={"strengths": application.strengths, "cases": application.cases})
    return _edit_page(request, application, form, paper)


def _edit_page(
    request: PageRequest,
    application: CertificationApplication,
    form: ApplyingForm,
    paper: PaperForm,
) -> HttpResponse:
    context = {
        "application": application,
        "round": application.round,
        "form": form,
        "paper_form": paper,
        "papers": application.papers.select_related("file").order_by("added_at"),
        "checks": rules.checks_of(application),
    }
    return render_page(request, "tiers/certification_edit.html", context)


@login_required
@require_POST
def certification_paper_removal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    visible = CertificationApplication.objects.visible_to(request.actor)
    paper = get_object_or_404(
        CertificationPaper.objects.select_related("application__party", "file"),
        pk=pk,
        application__in=visible.values("pk"),
    )
    services.remove_certification_paper(request.actor, paper=paper)
    messages.success(request, _("Removed."))
    return redirect("certification_edit", paper.application_id)


@login_required
@require_POST
def certification_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = own_certification(request, pk)
    services.withdraw_certification(request.actor, application=application)
    messages.success(request, _("Withdrawn. While the window is open you may apply again."))
    return redirect(application)


@login_required
@require_POST
def certification_surrender(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the place up; it goes to the next in line."""
    application = own_certification(request, pk)
    mark = get_object_or_404(CertificationMark.objects.whole(), application=application)
    services.give_up_mark(request.actor, mark=mark)
    messages.success(request, _("Given up. The place goes to the next in line."))
    return redirect(application)


def own_certification(request: PageRequest, pk: uuid.UUID) -> CertificationApplication:
    """One's own, or one that somebody looks after."""
    visible = CertificationApplication.objects.visible_to(request.actor)
    return get_object_or_404(visible.whole(), pk=pk)
