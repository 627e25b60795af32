"""What one holds, what one's people hold, and the paper and the picture of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal.core.documents import pdf_file, render_pdf, render_png
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from training.certificates import rules, selectors
from training.certificates.models import Certificate
from training.certificates.tables import TEAM

PAPER, POSTER, DOTS_AN_INCH = "certificates/paper.typ", "certificates/poster.typ", 270
MOST_SHOWN = 200


@login_required
@require_safe
def certificate_own(request: PageRequest) -> HttpResponse:
    rows = [
        (one, rules.can_renew_certificate(one), rules.renews_from(one))
        for one in selectors.own_certificates(request.actor)[:MOST_SHOWN]
    ]
    context = {"rows": rows, "can_list_team": rules.can_list_team(request.actor)}
    return render_page(request, "certificates/certificate_own.html", context)


@login_required
@require_safe
def certificate_team(request: PageRequest) -> HttpResponse:
    """Of everybody of the acting party, for who manages it."""
    rules.can_list_team(request.actor).require()
    context = {"table": read_table(request, TEAM)}
    return render_page(request, "certificates/certificate_team.html", context, partial="table")


@login_required
@require_safe
def certificate_paper(request: PageRequest, number: str) -> HttpResponse:
    certificate = _own(request, number)
    made = render_pdf(PAPER, selectors.paper_of(certificate))
    return pdf_file(made, f"certificate-{certificate.number}")


@login_required
@require_safe
def certificate_poster(request: PageRequest, number: str) -> HttpResponse:
    """The picture on a page: a phone keeps it by a long press, inside chat apps as well."""
    context = {"certificate": _own(request, number)}
    return render_page(request, "certificates/certificate_poster.html", context)


@login_required
@require_safe
def certificate_picture(request: PageRequest, number: str) -> HttpResponse:
    certificate = _own(request, number)
    made = render_png(POSTER, selectors.poster_of(certificate), ppi=DOTS_AN_INCH)
    response = HttpResponse(made, content_type="image/png")
    name = f"certificate-{certificate.number}.png"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, max-age=300"
    return response


def _own(request: PageRequest, number: str) -> Certificate:
    """Strangers are told of no name that it is there."""
    certificate = selectors.certificate_numbered(number)
    if certificate is None or not rules.can_see_name(request.actor, certificate):
        raise Http404
    rules.can_take_paper(request.actor, certificate).require()
    return certificate
