"""Writing a paper: its tree row by row, with what an order would give by it beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.verdict import conflict
from portal.core.web import render_page, submit
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue import forms, rules, selectors, services
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.reference import PAPER_TEMPLATES, PaperTemplate, template_of
from portal.revenue.states import Side
from portal.revenue.views.agreements import fetch, fetch_version

Proposal = Callable[[forms.TermsForm], AgreementVersion]


@login_required
@require_http_methods(["GET", "POST"])
def agreement_create(request: PageRequest, pk: int) -> HttpResponse:
    """A first paper with a party; `template` names the terms to start from."""
    other = get_object_or_404(selectors.proposable_parties(request.actor), pk=pk)
    rules.can_propose_agreement(request.actor, other).require()
    assert request.actor.party is not None  # noqa: S101 - the rule has asked
    own = request.actor.party
    data = request.POST if request.method == "POST" else None
    template = template_of(request.GET.get("template", ""))
    about = {"role": template.role} if template else {}
    subject = forms.SubjectForm(own, other, data, initial=about)
    is_sound = subject.is_valid() if data is not None else False
    form = forms.TermsForm(data, **_parts_of(template))
    is_payer = _is_payer(subject, own)
    payer, payee = (own, other) if is_payer else (other, own)

    def propose(terms: forms.TermsForm) -> AgreementVersion:
        return services.propose_agreement(
            request.actor, subject=subject.subject(), terms=terms.terms()
        )

    context = {
        "subject": subject,
        "title": _("Agreement with %(name)s") % {"name": other.name},
        "templates": _templates_between(own, other),
        "back": "agreement_list",
    }
    return _edit(request, form, propose if is_sound else None, payer, payee, context)


def _is_payer(subject: forms.SubjectForm, own: Party) -> bool:
    """By the chosen kind of paper, or the first that is possible."""
    role = subject["role"].value() or subject.possible[0]
    return rules.is_payer_kind(own.kind, str(role))


def _templates_between(own: Party, other: Party) -> list[PaperTemplate]:
    roles = rules.roles_between(own, other)
    return [one for one in PAPER_TEMPLATES if one.role in roles]


def _parts_of(template: PaperTemplate | None) -> dict[str, Any]:
    if template is None:
        return {}
    return {
        "components": template.components,
        "period_components": template.period_components,
        "invoice_components": template.invoice_components,
    }


@login_required
@require_http_methods(["GET", "POST"])
def agreement_version_create(request: PageRequest, pk: UUID) -> HttpResponse:
    """A change of what was agreed, beginning with what holds."""
    agreement = fetch(request, pk)
    rules.can_propose_version(request.actor, agreement).require()
    last = agreement.versions.filter(status="accepted").first() or agreement.versions.first()

    def propose(form: forms.TermsForm) -> AgreementVersion:
        return services.propose_version(request.actor, agreement=agreement, terms=form.terms())

    return _edit_version(request, agreement, last, propose, _("Propose a change"))


@login_required
@require_http_methods(["GET", "POST"])
def agreement_version_counter(request: PageRequest, pk: UUID) -> HttpResponse:
    """Answer a proposal with another one."""
    version = fetch_version(request, pk)
    rules.can_answer_version(request.actor, version).require()

    def counter(form: forms.TermsForm) -> AgreementVersion:
        return services.counter_version(request.actor, version=version, terms=form.terms())

    title = _("Answer with other terms")
    return _edit_version(request, version.agreement, version, counter, title)


def _edit_version(
    request: PageRequest,
    agreement: Agreement,
    last: AgreementVersion | None,
    propose: Proposal,
    title: str,
) -> HttpResponse:
    terms = last.data if last else {"components": [], "period_components": []}
    if not forms.is_editable(terms):
        sentence = _("This paper has parts that the page cannot show; change it over the API.")
        conflict(sentence).require()
    data = request.POST if request.method == "POST" else None
    form = forms.TermsForm(
        data,
        components=terms["components"],
        period_components=terms["period_components"],
        invoice_components=terms.get("invoice_components", ()),
        routes=terms,
    )
    context = {"title": title, "agreement": agreement}
    payer = agreement.party_of(Side.PAYER)
    return _edit(request, form, propose, payer, agreement.payee, context)


def _edit(
    request: PageRequest,
    form: forms.TermsForm,
    propose: Proposal | None,
    payer: Party,
    payee: Party,
    context: dict[str, Any],
) -> HttpResponse:
    """Only the button that says so proposes; any other way of sending shows the preview."""
    if propose and "propose" in request.POST:
        version = submit(form, lambda: propose(form))
        if version is not None:
            messages.success(request, _("Proposed. The other side has seven days to answer."))
            return redirect(version)
    tree = form.tree()
    names = selectors.names_of(payer.name, payee.name)
    kinds = selectors.kinds_of(payer.kind, payee.kind)
    shown = selectors.preview_of(tree, form.shown_fen, names, kinds) if tree else None
    context |= {"form": form, "payer": payer, "payee": payee, "preview": shown}
    context |= {"is_share": payer.kind == PartyKind.CREATOR}
    context |= {"ceilings": selectors.ceilings_today(), "today": clock.today()}
    return render_page(request, "revenue/agreement_edit.html", context, partial="preview")
