"""What was held back of one's own, why, and the appeal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.moderation import forms, rules, services
from portal.moderation.models import Case


@login_required
@require_safe
def case_list(request: PageRequest) -> HttpResponse:
    mine = Case.objects.visible_to(request.actor)
    page = keyset_page(mine, request.GET.get("cursor", ""))
    return render_page(request, "moderation/case_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def case_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One case; a POST appeals."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    form = forms.AppealForm(request.POST if request.method == "POST" else None)
    done = submit(
        form, lambda: services.appeal_case(request.actor, case=case, text=form.cleaned_data["text"])
    )
    if done is not None:
        messages.success(request, _("Handed in. Another operator decides."))
        return redirect(case)
    context = {"case": case, "form": form, "can_appeal": rules.can_appeal_case(request.actor, case)}
    return render_page(request, "moderation/case_detail.html", context)
