"""Agreement templates: a list, a form, and putting one on the table of a cooperation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.cooperation import forms, rules, services
from matchmaking.cooperation.models import AgreementTemplate
from matchmaking.cooperation.views.cooperations import fetch
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_safe
def agreement_template_list(request: PageRequest) -> HttpResponse:
    """One's own, and the house's to begin from."""
    rules.can_list_templates(request.actor).require()
    usable = AgreementTemplate.objects.usable_by(request.actor)
    context = {
        "own": [row for row in usable if row.party_id is not None],
        "house": [row for row in usable if row.party_id is None],
        "can_create": rules.can_create_template(request.actor),
    }
    return render_page(request, "cooperation/agreement_template_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def agreement_template_create(request: PageRequest) -> HttpResponse:
    """A new one, empty or from one that `from` names."""
    rules.can_create_template(request.actor).require()
    form = forms.TemplateForm(
        request.POST if request.method == "POST" else None, initial=_beginning(request)
    )
    made = submit(
        form,
        lambda: services.create_template(request.actor, fields=form.template_fields()),
    )
    if made is not None:
        messages.success(request, _("Kept. Choose it where you accept a proposal."))
        return redirect("agreement_template_list")
    return render_page(request, "cooperation/agreement_template_edit.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def agreement_template_edit(request: PageRequest, template_id: UUID) -> HttpResponse:
    template = _own(request, template_id)
    rules.can_edit_template(request.actor, template).require()
    form = forms.TemplateForm(
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_agreement(template),
    )
    done = submit(
        form,
        lambda: services.update_template(
            request.actor,
            template=template,
            fields=form.template_fields(),
            version=form.cleaned_data["version"] or 0,
        ),
    )
    if done is not None:
        messages.success(request, _("Kept. Cooperations keep what they were given."))
        return redirect("agreement_template_list")
    context = {"form": form, "template": template}
    return render_page(request, "cooperation/agreement_template_edit.html", context)


@login_required
@require_POST
def agreement_template_removal(request: PageRequest, template_id: UUID) -> HttpResponse:
    services.remove_template(request.actor, template=_own(request, template_id))
    messages.success(request, _("Removed. What was made of it stays."))
    return redirect("agreement_template_list")


@login_required
@require_POST
def cooperation_template(request: PageRequest, pk: int) -> HttpResponse:
    """Put a template on the table."""
    cooperation = fetch(request, pk)
    template = usable_template(request, request.POST.get("template", ""))
    services.apply_template(request.actor, cooperation=cooperation, template=template)
    messages.success(request, _("On the table. What the other side does or accepts, it was asked."))
    return redirect(cooperation)


def usable_template(request: PageRequest, given: str) -> AgreementTemplate:
    usable = AgreementTemplate.objects.usable_by(request.actor)
    return get_object_or_404(usable, pk=_key(given))


def _key(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def _beginning(request: PageRequest) -> dict[str, object]:
    chosen = request.GET.get("from", "")
    if not chosen:
        return {}
    return forms.initial_of_agreement(usable_template(request, chosen))


def _own(request: PageRequest, template_id: UUID) -> AgreementTemplate:
    own = AgreementTemplate.objects.owned_by(request.actor).select_related("party")
    return get_object_or_404(own, pk=template_id)
