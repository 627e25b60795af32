from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.verdict import Refused
from portal.core.web import keyset_page, ordered_page, render_page, submit
from portal.notices import forms, rules, selectors, services
from portal.notices.models import Announcement, ChatBot, Delivery, Notice
from portal.notices.states import Channel
from portal.notices.topics import topic_named
from portal.notices.unsubscribing import DIGEST, language_of, read_token

# --- the inbox ------------------------------------------------------------------------------------


@login_required
@require_safe
def notice_list(request: PageRequest) -> HttpResponse:
    notices = Notice.objects.visible_to(request.actor)
    cursor = request.GET.get("cursor", "")
    page = ordered_page(notices, cursor, field="created_at", ascending=False)
    context = {"page": page, "unread_count": notices.unread().count()}
    return render_page(request, "notices/notice_list.html", context)


@login_required
@require_POST
def notice_open(request: PageRequest, pk: int) -> HttpResponse:
    """Read a notice and go where it points, speaking for the party it concerns."""
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), pk=pk)
    services.read_notice(request.actor, notice=notice)
    mine = {membership.party_id for membership in request.memberships}
    if notice.party_id in mine:
        request.session["party"] = notice.party_id
    return redirect(notice.url)


@login_required
@require_POST
def notice_reading(request: PageRequest) -> HttpResponse:
    """Mark all as read."""
    services.read_all_notices(request.actor)
    return redirect("notice_list")


# --- how somebody is told -------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def notice_settings(request: PageRequest) -> HttpResponse:
    """Topic by topic: by mail, by text message, in a chat, or on the site only."""
    form = forms.ChoicesForm(request.actor, request.POST if request.method == "POST" else None)
    saved = submit(form, lambda: services.choose_notices(request.actor, wishes=form.wishes()))
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("notice_settings")
    context = {
        "form": form,
        "can_test_mail": rules.can_send_test(request.actor, Channel.MAIL),
        "can_test_sms": rules.can_send_test(request.actor, Channel.SMS),
    }
    return render_page(request, "notices/notice_settings.html", context)


@login_required
@require_POST
def notice_test(request: PageRequest) -> HttpResponse:
    """A message to oneself, to see that messages arrive."""
    wanted = request.POST.get("channel")
    channel = Channel.SMS if wanted == Channel.SMS else Channel.MAIL
    services.send_test(request.actor, channel=channel)
    messages.success(request, _("On its way. What became of it stands here."))
    return redirect("delivery_list")


@login_required
@require_safe
def delivery_list(request: PageRequest) -> HttpResponse:
    """What was sent to me and to the chats of the party I manage."""
    mine = Delivery.objects.visible_to(request.actor).select_related("notice", "bot")
    page = keyset_page(mine, request.GET.get("cursor", ""))
    context = {"page": page, "lines": selectors.lines_of(page.rows)}
    return render_page(request, "notices/delivery_list.html", context)


@csrf_exempt  # the signed link is the proof; mail programs send no cookie with their one click
@require_http_methods(["GET", "POST"])
def notice_unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """End a kind of mail without signing in. GET only asks: scanners of mail follow links."""
    person_id, name = read_token(token)
    with translation.override(language_of(person_id)):
        return _unsubscribing(request, token, name)


def _unsubscribing(request: HttpRequest, token: str, name: str) -> HttpResponse:
    topic = topic_named(name)
    context: dict[str, Any] = {
        "topic": topic,
        "is_digest": name == DIGEST,
        "is_done": False,
        "problem": "",
    }
    if request.method == "POST":
        try:
            services.unsubscribe(token)
            context["is_done"] = True
        except Refused as refused:
            context["problem"] = refused.verdict.reason
    elif not name:
        context["problem"] = _("This link is not whole. Copy all of it from the mail.")
    status = 400 if context["problem"] else 200
    return render(request, "notices/notice_unsubscribing.html", context, status=status)


# --- chat bots ------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def chat_bot_list(request: PageRequest) -> HttpResponse:
    """The robots of my chats and of my party's, and a form for one more."""
    actor = request.actor
    form = forms.BotForm(actor, request.POST if request.method == "POST" else None)
    made = submit(form, lambda: services.make_bot(actor, fields=form.bot_fields()))
    if made is not None:
        messages.success(request, _("Added. Send a test to see it arrive."))
        return redirect("chat_bot_list")
    context = {"bots": selectors.bots_of(actor), "form": form}
    return render_page(request, "notices/chat_bot_list.html", context)


@login_required
@require_POST
def chat_bot_test(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    services.send_test(request.actor, channel=Channel.BOT, bot=_bot(request, pk))
    messages.success(request, _("On its way. What became of it stands here."))
    return redirect("delivery_list")


@login_required
@require_POST
def chat_bot_end(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    services.end_bot(request.actor, bot=_bot(request, pk))
    messages.success(request, _("Ended. The chat hears nothing more."))
    return redirect("chat_bot_list")


def _bot(request: PageRequest, pk: uuid.UUID) -> ChatBot:
    return get_object_or_404(ChatBot.objects.visible_to(request.actor), pk=pk)


# --- announcements --------------------------------------------------------------------------------


@require_safe
def announcement_list(request: PageRequest) -> HttpResponse:
    """What was announced to this person or to everybody, newest first."""
    rows = selectors.announcements_for(request.actor)
    cursor = request.GET.get("cursor", "")
    page = ordered_page(rows, cursor, field="starts_at", ascending=False)
    return render_page(request, "notices/announcement_list.html", {"page": page})


@require_safe
def announcement_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One of them, at an address to pass on."""
    row = get_object_or_404(selectors.announcements_for(request.actor), pk=pk)
    return render_page(request, "notices/announcement_detail.html", {"announcement": row})


@login_required
@require_POST
def announcement_dismissal(request: PageRequest, pk: int) -> HttpResponse:
    """Put the banner away and stay where one was. htmx only takes it off the page: what is
    half typed there stays."""
    row = get_object_or_404(Announcement.objects.visible_to(request.actor), pk=pk)
    services.dismiss_announcement(request.actor, announcement=row)
    if request.htmx:
        return HttpResponse()
    target = request.POST.get("next", "")
    is_own = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    )
    return redirect(target if is_own else "announcement_list")
