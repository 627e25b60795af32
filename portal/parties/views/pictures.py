"""Pictures: a party's own page of them, and the bytes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.files import read_file
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, selectors, services
from portal.parties.models import ClientCase, Party, PartyPicture
from portal.parties.profile_states import PictureSlot

# Seconds, and by the reader's own browser alone: a cache between would go on showing a picture to
# strangers after its party was hidden.
KEPT = "private, max-age=600"


@require_safe
def picture_read(request: PageRequest, pk: uuid.UUID, size: str) -> HttpResponseBase:
    """The bytes of a picture, whole or small. One that is not shown, or whose party is not, is its
    party's own."""
    related = PartyPicture.objects.select_related("party", "case", "file", "small")
    picture = get_object_or_404(related, pk=pk)
    file = picture.small if size == "small" else picture.file
    if not rules.can_see_picture(request.actor, picture) or file.deleted_at is not None:
        raise Http404
    answer = StreamingHttpResponse(
        read_file(request.actor, file=file), content_type=file.content_type
    )
    answer["Content-Length"] = file.size
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = KEPT if rules.is_public_picture(picture) else "private, no-store"
    return answer


@login_required
@require_safe
def picture_list(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    return _page(request, party, forms.PictureForm(), slot="")


@login_required
@require_POST
def picture_create(request: PageRequest, pk: int, slot: str) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    if slot not in {PictureSlot.LOGO, PictureSlot.COVER}:
        raise Http404
    rules.can_set_picture(request.actor, party, PictureSlot(slot)).require()
    form = forms.PictureForm(request.POST, request.FILES)
    done = submit(
        form,
        lambda: services.set_picture(
            request.actor, party=party, slot=PictureSlot(slot), source=form.cleaned_data["file"]
        ),
    )
    if done is None:
        return _page(request, party, form, slot=slot)
    messages.success(request, _("Handed in. Others see it once an operator has looked at it."))
    return redirect("picture_list", pk=party.pk)


def _page(request: PageRequest, party: Party, form: forms.PictureForm, slot: str) -> HttpResponse:
    context = {
        "party": party,
        "places": selectors.places_of(party),
        "form": form,
        "fresh": forms.PictureForm(),
        "wrong": slot,
        "can_set": rules.can_set_picture(request.actor, party, PictureSlot.LOGO),
    }
    return render_page(request, "parties/picture_list.html", context)


@login_required
@require_POST
def picture_removal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    mine = PartyPicture.objects.visible_to(request.actor).select_related("party", "case")
    picture = services.remove_picture(request.actor, picture=get_object_or_404(mine, pk=pk))
    messages.success(request, _("Taken off."))
    if picture.case is not None:
        return redirect(picture.case)
    return redirect("picture_list", pk=picture.party_id)


@login_required
@require_http_methods(["GET", "POST"])
def client_case_picture(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    mine = ClientCase.objects.visible_to(request.actor).select_related("party__city")
    case = get_object_or_404(mine, pk=pk)
    rules.can_set_picture(request.actor, case.party, PictureSlot.CASE, case).require()
    is_post = request.method == "POST"
    form = forms.PictureForm(request.POST if is_post else None, request.FILES if is_post else None)
    done = submit(
        form,
        lambda: services.set_picture(
            request.actor,
            party=case.party,
            slot=PictureSlot.CASE,
            source=form.cleaned_data["file"],
            case=case,
        ),
    )
    if done is not None:
        messages.success(request, _("Handed in. Others see it once an operator has looked at it."))
        return redirect(case)
    context = {"case": case, "party": case.party, "form": form}
    return render_page(request, "parties/client_case_picture.html", context)
