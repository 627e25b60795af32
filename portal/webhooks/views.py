from __future__ import annotations

import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.parties.models import Party
from portal.webhooks import catalogue, forms, rules, services
from portal.webhooks.models import Webhook, WebhookDelivery
from portal.webhooks.sending import body_of


@login_required
@require_http_methods(["GET", "POST"])
def webhook_list(request: PageRequest, pk: int) -> HttpResponse:
    """A party's webhooks, and a form for one more. The answer to it shows the secret, once."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    rules.can_see_webhooks(request.actor, party).require()
    form = forms.WebhookForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.make_webhook(request.actor, party=party, fields=form.webhook_fields()),
    )
    context = {
        "party": party,
        "webhooks": Webhook.objects.filter(party=party).open().order_by("-created_at")[:50],
        "form": forms.WebhookForm() if made else form,
        "made": made,
        "can_make": rules.can_make_webhook(request.actor, party),
    }
    return render_page(request, "webhooks/webhook_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def webhook_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """One webhook, its log, and a form to change it."""
    webhook = _webhook(request, pk)
    standing = {"url": webhook.url, "events": webhook.events}
    data = request.POST if request.method == "POST" else None
    form = forms.WebhookForm(data, initial=standing)
    changed = submit(
        form,
        lambda: services.change_webhook(
            request.actor, webhook=webhook, fields=form.webhook_fields()
        ),
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect(webhook)
    return _page(request, webhook, form)


@login_required
@require_POST
def webhook_secret(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """A new secret; the answer shows it, once."""
    webhook, secret = services.rotate_secret(request.actor, webhook=_webhook(request, pk))
    form = forms.WebhookForm(initial={"url": webhook.url, "events": webhook.events})
    return _page(request, webhook, form, secret=secret)


@login_required
@require_POST
def webhook_test(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    delivery = services.send_test(request.actor, webhook=_webhook(request, pk))
    messages.success(request, _("On its way. What became of it stands here."))
    return redirect(delivery)


@login_required
@require_POST
def webhook_pause(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    webhook = services.pause_webhook(request.actor, webhook=_webhook(request, pk))
    messages.success(request, _("Paused. What happens meanwhile is not told later."))
    return redirect(webhook)


@login_required
@require_POST
def webhook_resumption(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    webhook = services.resume_webhook(request.actor, webhook=_webhook(request, pk))
    messages.success(request, _("In use again."))
    return redirect(webhook)


@login_required
@require_POST
def webhook_end(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    webhook = services.end_webhook(request.actor, webhook=_webhook(request, pk))
    messages.success(request, _("Ended. Nothing more is sent there."))
    return redirect("webhook_list", webhook.party_id)


@login_required
@require_safe
def webhook_delivery_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """What was sent, and how each try went."""
    delivery = _delivery(request, pk)
    body = json.dumps(json.loads(body_of(delivery.event)), ensure_ascii=False, indent=2)
    context = {
        "delivery": delivery,
        "webhook": delivery.webhook,
        "body": body,
        "attempts": delivery.attempts.order_by("number"),
        "can_replay": rules.can_replay(request.actor, delivery),
    }
    template = "webhooks/webhook_delivery_detail.html"
    return render_page(request, template, context, partial="delivery")


@login_required
@require_POST
def webhook_replay(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    again = services.replay_delivery(request.actor, delivery=_delivery(request, pk))
    messages.success(request, _("On its way. What became of it stands here."))
    return redirect(again)


@require_safe
def webhook_events(request: PageRequest) -> HttpResponse:
    """What machines can be told of; everybody may read it."""
    rows = [(event, json.dumps(event.example, ensure_ascii=False)) for event in catalogue.events()]
    return render_page(request, "webhooks/webhook_events.html", {"rows": rows})


def _page(
    request: PageRequest, webhook: Webhook, form: forms.WebhookForm, secret: str = ""
) -> HttpResponse:
    actor = request.actor
    log = webhook.deliveries.select_related("event")
    context = {
        "webhook": webhook,
        "party": webhook.party,
        "form": form,
        "secret": secret,
        "page": keyset_page(log, request.GET.get("cursor", ""), field="created_at"),
        "can_change": rules.can_change_webhook(actor, webhook),
        "can_pause": rules.can_pause_webhook(actor, webhook),
        "can_resume": rules.can_resume_webhook(actor, webhook),
        "can_rotate": rules.can_rotate_secret(actor, webhook),
        "can_send": rules.can_send_to_webhook(actor, webhook),
    }
    return render_page(request, "webhooks/webhook_detail.html", context)


def _webhook(request: PageRequest, pk: uuid.UUID) -> Webhook:
    mine = Webhook.objects.visible_to(request.actor).select_related("party")
    webhook = get_object_or_404(mine, pk=pk)
    rules.can_see_webhooks(request.actor, webhook.party).require()
    return webhook


def _delivery(request: PageRequest, pk: uuid.UUID) -> WebhookDelivery:
    mine = WebhookDelivery.objects.visible_to(request.actor)
    delivery = get_object_or_404(mine.select_related("webhook__party", "event"), pk=pk)
    rules.can_see_webhooks(request.actor, delivery.webhook.party).require()
    return delivery
