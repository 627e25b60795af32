"""Pictures and certificates of a product."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.catalogue import forms, rules, services
from matchmaking.catalogue.models import Certificate, Product, ProductPicture
from portal.core.files import read_file
from portal.core.http import PageRequest
from portal.core.models import StoredFile
from portal.core.web import render_page, submit

KEPT = "private, max-age=600"  # by the reader's own browser alone: a product may be taken off


@require_safe
def product_picture(request: PageRequest, pk: uuid.UUID, size: str) -> HttpResponseBase:
    related = ProductPicture.objects.select_related("product__merchant", "file", "small")
    picture = get_object_or_404(related, pk=pk)
    file = picture.small if size == "small" else picture.file
    if not rules.can_see_product_picture(request.actor, picture) or file.deleted_at is not None:
        raise Http404
    kept = KEPT if rules.is_public_picture(picture) else "private, no-store"
    return _bytes(request, file, kept)


@login_required
@require_http_methods(["GET", "POST"])
def product_picture_create(request: PageRequest, pk: int) -> HttpResponse:
    product = _own(request, pk)
    rules.can_add_picture(request.actor, product).require()
    is_post = request.method == "POST"
    form = forms.PictureForm(request.POST if is_post else None, request.FILES if is_post else None)
    done = submit(
        form,
        lambda: services.add_picture(
            request.actor, product=product, upload=form.cleaned_data["file"]
        ),
    )
    if done is not None:
        messages.success(request, _("Handed in. Others see it once an operator has looked at it."))
        return redirect(product)
    context = {"form": form, "product": product}
    return render_page(request, "catalogue/picture_edit.html", context)


@login_required
@require_POST
def product_picture_removal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    own = ProductPicture.objects.filter(product__in=Product.objects.owned_by(request.actor))
    picture = get_object_or_404(own.select_related("product__merchant"), pk=pk)
    services.remove_picture(request.actor, picture=picture)
    messages.success(request, _("Taken off."))
    return redirect(picture.product)


@login_required
@require_http_methods(["GET", "POST"])
def certificate_create(request: PageRequest, pk: int) -> HttpResponse:
    product = _own(request, pk)
    rules.can_add_certificate(request.actor, product).require()
    is_post = request.method == "POST"
    form = forms.CertificateForm(
        request.POST if is_post else None, request.FILES if is_post else None
    )
    done = submit(
        form,
        lambda: services.add_certificate(
            request.actor,
            product=product,
            fields=form.certificate_fields(),
            upload=form.cleaned_data.get("file"),
        ),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect(product)
    context = {"form": form, "product": product}
    return render_page(request, "catalogue/certificate_edit.html", context)


@login_required
@require_POST
def certificate_removal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    own = Certificate.objects.filter(product__in=Product.objects.owned_by(request.actor))
    certificate = get_object_or_404(own.select_related("product__merchant"), pk=pk)
    services.remove_certificate(request.actor, certificate=certificate)
    messages.success(request, _("Taken off."))
    return redirect(certificate.product)


@login_required
@require_safe
def certificate_read(request: PageRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file itself: its merchant, and operators of its region."""
    related = Certificate.objects.select_related("product__merchant__city", "file")
    certificate = get_object_or_404(related, pk=pk)
    file = certificate.file
    if not rules.can_read_certificate(request.actor, certificate):
        raise Http404
    if file is None or file.deleted_at is not None:
        raise Http404
    return _bytes(request, file, "private, no-store")


def _bytes(request: PageRequest, file: StoredFile, kept: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(
        read_file(request.actor, file=file), content_type=file.content_type
    )
    answer["Content-Length"] = file.size
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = kept
    return answer


def _own(request: PageRequest, pk: int) -> Product:
    own = Product.objects.owned_by(request.actor).select_related("merchant__city", "category")
    return get_object_or_404(own, pk=pk)
