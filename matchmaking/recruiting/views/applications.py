"""Applications: handed in by a merchant, compared and decided by the poster."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.catalogue.models import Product
from matchmaking.recruiting import forms, rules, selectors, services, states
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.services import Outcome
from matchmaking.recruiting.tables import APPLICATIONS, SENT
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit, whole_number


@login_required
@require_http_methods(["GET", "POST"])
def post_application(request: PageRequest, pk: int) -> HttpResponse:
    """The acting merchant's products beside the post: the match and what is missing, before
    anything is handed in."""
    post = get_object_or_404(selectors.whole_posts().visible_to(request.actor), pk=pk)
    rules.can_apply(request.actor, post).require()
    words = request.GET.get("q", "")[:40]
    candidates = selectors.candidates_for(request.actor, post, words)
    chosen = _chosen(request, candidates)
    own = Product.objects.owned_by(request.actor).select_related("category", "merchant")
    form = forms.ApplicationForm(
        own,
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_application(post, chosen.product) if chosen else {},
    )
    done = submit(
        form,
        lambda: services.apply_to_post(
            request.actor,
            post=post,
            product=form.cleaned_data["product"],
            fields=form.application_fields(),
        ),
    )
    if done is not None:
        messages.success(request, _("Handed in. The poster has been told."))
        return redirect(done)
    context = {
        "post": post,
        "candidates": candidates,
        "chosen": chosen,
        "form": form,
        "words": words,
    }
    return render_page(request, "recruiting/post_application.html", context)


def _chosen(
    request: PageRequest, candidates: list[selectors.Candidate]
) -> selectors.Candidate | None:
    """The product asked for, else the best that is not offered yet."""
    data = request.POST if request.method == "POST" else request.GET
    wanted = whole_number(data.get("product", ""))
    free = [c for c in candidates if c.application is None]
    return next((c for c in free if c.product.pk == wanted), next(iter(free), None))


@login_required
@require_safe
def post_application_list(request: PageRequest) -> HttpResponse:
    """What came in, for one post or for all of them, compared."""
    rules.can_list_received(request.actor).require()
    return _list_page(request)


def _list_page(
    request: PageRequest, form: forms.DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    key = whole_number(request.GET.get("post", ""))
    own = Post.objects.owned_by(request.actor)
    context = {
        "table": read_table(request, APPLICATIONS),
        "post": get_object_or_404(own, pk=key) if key else None,
        "form": form or forms.DecisionForm(),
    }
    return render_page(
        request,
        "recruiting/post_application_list.html",
        context,
        partial="table",
        status=status,
    )


@login_required
@require_POST
def post_application_decisions(request: PageRequest) -> HttpResponse:
    """Decide about all that were picked. What changed meanwhile stays as it is and is named. To
    compare them is no decision, but asked for with the same boxes."""
    rules.can_list_received(request.actor).require()
    if request.POST.get("decision") == "compare":
        return _to_comparison(request)
    form = forms.DecisionForm(request.POST)
    outcomes = submit(
        form,
        lambda: services.decide_applications(
            request.actor, picked=_picked(request), **form.cleaned_data
        ),
    )
    if outcomes is None:
        for error in [*form.non_field_errors(), *form.errors.get("reason", [])]:
            messages.error(request, error)
    else:
        _tell(request, outcomes)
    query = request.POST.get("query", "")[:800]
    return redirect(f"{reverse('post_application_list')}{query and f'?{query}'}")


def _to_comparison(request: PageRequest) -> HttpResponse:
    keys = list(_picked(request))
    verdict = rules.can_compare_applications(request.actor, len(keys))
    if verdict:
        query = urlencode([("application", key) for key in keys])
        return redirect(f"{reverse('post_application_comparison')}?{query}")
    messages.error(request, str(verdict.reason))
    query = request.POST.get("query", "")[:800]
    return redirect(f"{reverse('post_application_list')}{query and f'?{query}'}")


@login_required
@require_safe
def post_application_comparison(request: PageRequest) -> HttpResponse:
    """Those named in the address side by side, the best match first."""
    keys = {whole_number(key) for key in request.GET.getlist("application")}
    rules.can_compare_applications(request.actor, len(keys)).require()
    own = selectors.whole_applications().received_by(request.actor).filter(pk__in=keys)
    applications = list(own.order_by("-match_bp", "-pk"))
    if len(applications) != len(keys):
        raise Http404
    posts = {application.post for application in applications}
    context = {
        "applications": applications,
        "lines": selectors.compare_applications(applications),
        "post": posts.pop() if len(posts) == 1 else None,
    }
    return render_page(request, "recruiting/post_application_comparison.html", context)


def _picked(request: PageRequest) -> dict[int, int]:
    """Each application and the version the page showed."""
    pairs = (text.partition(":") for text in request.POST.getlist("picked"))
    return {whole_number(key): whole_number(version) for key, _colon, version in pairs}


def _tell(request: PageRequest, outcomes: list[Outcome]) -> None:
    done = sum(not outcome.refused for outcome in outcomes)
    if done:
        sentence = ngettext("%(n)s application decided.", "%(n)s applications decided.", done)
        messages.success(request, sentence % {"n": done})
    refused = Counter(str(outcome.refused) for outcome in outcomes if outcome.refused)
    for reason, n in refused.items():
        messages.error(request, f"{n} × {reason}")


@login_required
@require_safe
def post_application_own(request: PageRequest) -> HttpResponse:
    """What the acting merchant has handed in."""
    rules.can_list_sent(request.actor).require()
    context = {"table": read_table(request, SENT)}
    return render_page(request, "recruiting/post_application_own.html", context, partial="table")


@login_required
@require_safe
def post_application_detail(request: PageRequest, pk: int) -> HttpResponse:
    return _detail(request, _fetch(request, pk))


@login_required
@require_POST
def post_application_shortlist(request: PageRequest, pk: int) -> HttpResponse:
    done = services.shortlist_application(request.actor, application=_fetch(request, pk))
    messages.success(request, _("On the shortlist."))
    return redirect(done)


@login_required
@require_POST
def post_application_acceptance(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = services.accept_application(
        request.actor,
        application=_fetch(request, pk),
        version=whole_number(request.POST.get("version", "")),
    )
    messages.success(request, _("Accepted. The cooperation has begun and both sides were told."))
    return redirect(cooperation)


@login_required
@require_POST
def post_application_refusal(request: PageRequest, pk: int) -> HttpResponse:
    application = _fetch(request, pk)
    rules.can_decide_application(request.actor, application).require()
    form = forms.rejection_form(request.POST)
    done = submit(
        form,
        lambda: services.reject_application(
            request.actor, application=application, **form.cleaned_data
        ),
    )
    if done is None:
        return _detail(request, application, rejection=form)
    messages.success(request, _("Rejected. The merchant reads your reason."))
    return redirect(done)


@login_required
@require_POST
def post_application_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    application = _fetch(request, pk)
    rules.can_withdraw_application(request.actor, application).require()
    form = forms.withdrawal_form(request.POST)
    done = submit(
        form,
        lambda: services.withdraw_application(
            request.actor, application=application, **form.cleaned_data
        ),
    )
    if done is None:
        return _detail(request, application, withdrawal=form)
    messages.success(request, _("You stepped back. The poster reads your reason."))
    return redirect(done)


@login_required
@require_POST
def post_application_offer(request: PageRequest, pk: int) -> HttpResponse:
    """Other terms, in answer to the version the page showed."""
    application = _fetch(request, pk)
    rules.can_counter_offer(request.actor, application).require()
    form = forms.OfferForm(request.POST)
    done = submit(
        form,
        lambda: services.counter_offer(
            request.actor,
            application=application,
            fields=form.offer_fields(),
            version=form.cleaned_data["version"],
        ),
    )
    if done is None:
        return _detail(request, application, offer_form=form)
    messages.success(request, _("Offered. The other side has been told."))
    return redirect(application)


@login_required
@require_POST
def post_application_agreement(request: PageRequest, pk: int) -> HttpResponse:
    """Take over the poster's terms."""
    application = _fetch(request, pk)
    seen = whole_number(request.POST.get("version", ""))
    services.agree_offer(request.actor, application=application, version=seen)
    messages.success(request, _("Agreed. The poster decides now."))
    return redirect(application)


def _fetch(request: PageRequest, pk: int) -> Application:
    return get_object_or_404(selectors.whole_applications().visible_to(request.actor), pk=pk)


def _detail(
    request: PageRequest,
    application: Application,
    *,
    rejection: forms.ReasonForm | None = None,
    withdrawal: forms.ReasonForm | None = None,
    offer_form: forms.OfferForm | None = None,
) -> HttpResponse:
    actor = request.actor
    context: dict[str, Any] = {
        "application": application,
        "post": application.post,
        "match": selectors.match_of(application),
        "rounds": selectors.rounds_of(actor, application),
        "record": selectors.record_of(application.post.poster),
        "is_merchant": actor.speaks_for(application.merchant_id),
        "is_poster": actor.speaks_for(application.post.poster_id),
        "waits_for_us": application.is_live
        and application.waits_for == _own_side(request, application),
        "rejection": rejection or forms.rejection_form(),
        "withdrawal": withdrawal or forms.withdrawal_form(),
        "offer_form": offer_form or forms.OfferForm(initial=forms.initial_of_offer(application)),
        "can_shortlist": rules.can_shortlist_application(actor, application),
        "can_accept": rules.can_accept_application(actor, application),
        "can_decide": rules.can_decide_application(actor, application),
        "can_withdraw": rules.can_withdraw_application(actor, application),
        "can_counter": rules.can_counter_offer(actor, application),
        "can_agree": rules.can_agree_offer(actor, application),
        "trail": trail(application).select_related("user"),
    }
    return render_page(request, "recruiting/post_application_detail.html", context)


def _own_side(request: PageRequest, application: Application) -> str:
    if request.actor.speaks_for(application.merchant_id):
        return states.Side.MERCHANT
    return states.Side.POSTER if request.actor.speaks_for(application.post.poster_id) else ""
