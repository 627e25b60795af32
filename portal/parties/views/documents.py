"""What a party must show: the list, one kind with its upload and history, and the real name."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from portal.parties import forms, rules, selectors, services
from portal.parties.models import Document, DocumentKind, Party
from portal.parties.states import DocumentStatus


@login_required
@require_safe
def document_list(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    context = {
        "party": party,
        "items": rules.checklist(party),
        "real_name": rules.real_name_of(party),
        "needs_real_name": rules.needs_real_name(party),
        "can_give_real_name": rules.can_give_real_name(request.actor, party),
        "can_upload": rules.can_upload_document(request.actor, party),
        "can_submit": rules.can_submit_party(request.actor, party),
    }
    return render_page(request, "parties/document_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def document_edit(request: PageRequest, pk: int, code: str) -> HttpResponse:
    """Hand in one kind of document; `?link=` names the link of a chain that is replaced."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    kind = get_object_or_404(DocumentKind, code=code)
    rules.can_manage_party(request.actor, party).require()
    is_post = request.method == "POST"
    form = forms.DocumentForm(
        request.POST if is_post else None, request.FILES if is_post else None, kind=kind
    )
    document = submit(
        form,
        lambda: services.hand_in_document(
            request.actor,
            party=party,
            kind=kind,
            source=form.cleaned_data["file"],
            fields=form.document_fields(),
            link=whole_number(request.GET.get("link", "")) or None,
        ),
    )
    if document is not None:
        messages.success(request, _("Handed in: %(kind)s.") % {"kind": kind.name})
        if kind.is_chain:  # the next link comes here, too
            return redirect("document_edit", pk=party.pk, code=kind.code)
        return redirect("document_list", pk=party.pk)
    context = {
        "party": party,
        "kind": kind,
        "form": form,
        "item": next((i for i in rules.checklist(party) if i.kind == kind), None),
        "earlier": selectors.earlier_documents(party, kind),
        "returned": _to_appeal(request, party, kind),
        "can_upload": rules.can_upload_document(request.actor, party),
    }
    return render_page(request, "parties/document_edit.html", context)


def _to_appeal(request: PageRequest, party: Party, kind: DocumentKind) -> set[uuid.UUID]:
    """The returned ones whose return may be appealed against."""
    returned = Document.objects.filter(party=party, kind=kind, status=DocumentStatus.RETURNED)
    return {d.pk for d in returned if rules.can_appeal(request.actor, party, d)}


@login_required
@require_POST
def document_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    mine = Document.objects.visible_to(request.actor).select_related("kind", "party")
    document = get_object_or_404(mine, pk=pk)
    services.withdraw_document(request.actor, document=document)
    messages.success(request, _("Taken back: %(kind)s.") % {"kind": document.kind.name})
    return redirect("document_list", pk=document.party_id)


@login_required
@require_http_methods(["GET", "POST"])
def real_name_edit(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    rules.can_give_real_name(request.actor, party).require()
    known = rules.real_name_of(party)
    form = forms.RealNameForm(
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_real_name(party, known),
    )
    saved = submit(
        form,
        lambda: services.give_real_name(request.actor, party=party, fields=form.real_name_fields()),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("document_list", pk=party.pk)
    context = {"party": party, "form": form, "real_name": known}
    return render_page(request, "parties/real_name_edit.html", context)


@login_required
@require_POST
def party_recall(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    services.recall_party(request.actor, party=party)
    messages.success(request, _("Taken back. Change what you like and hand it in again."))
    return redirect(party)


@login_required
@require_POST
def party_restart(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    services.restart_party(request.actor, party=party)
    messages.success(request, _("A draft again. Change what was refused and hand it in anew."))
    return redirect(party)
