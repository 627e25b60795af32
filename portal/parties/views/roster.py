"""An agency's roster, a creator's agencies, and what both do with an entry."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.actor import Actor
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.verdict import Verdict
from portal.core.web import keyset_page, render_page, submit, whole_number
from portal.notices import sms
from portal.parties import forms, rules, selectors, services
from portal.parties.acting import actor_again
from portal.parties.models import Departure, Party, RosterEntry
from portal.parties.states import PartyKind
from portal.parties.tables import ROSTER, VIEWS

WITH_BOTH = ("agency__city", "creator__city")


@login_required
@require_safe
def roster_list(request: PageRequest, pk: int) -> HttpResponse:
    """An agency's roster; to a creator, the agencies."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    if party.kind == PartyKind.CREATOR:
        return _agencies(request, party)
    if party.kind != PartyKind.AGENCY:
        raise Http404
    actor = request.actor
    if actor.party_id != party.pk:  # another of one's own parties
        actor = actor_again(actor.user_id, party.pk, actor.via)
    query = request.GET.copy()
    if query.get("view") not in VIEWS:
        query["view"] = VIEWS[0]
    context = {
        "party": party,
        "views": VIEWS,
        "view": query["view"],
        "words": query.get("q", "")[:80],
        "table": read_table(request, ROSTER, actor=actor, query=query),
        "is_acting": request.actor.party_id == party.pk,
        "can_invite": rules.can_invite_creator(request.actor, party),
    }
    return render_page(request, "parties/roster_list.html", context, partial="table")


def _agencies(request: PageRequest, creator: Party) -> HttpResponse:
    page = keyset_page(selectors.entries_of_creator(creator), request.GET.get("cursor", ""))
    return render_page(request, "parties/roster_creator.html", {"party": creator, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def roster_create(request: PageRequest, pk: int) -> HttpResponse:
    """Invite a creator: one who is listed (`?creator=`), or anybody by phone."""
    agency = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    rules.can_invite_creator(request.actor, agency).require()
    number = whole_number(request.GET.get("creator", ""))
    listed = Party.objects.listed().filter(kind=PartyKind.CREATOR)
    creator = listed.filter(pk=number).first()
    form = forms.RosterForm(request.POST if request.method == "POST" else None, creator=creator)
    entry = submit(
        form,
        lambda: services.invite_creator(request.actor, agency=agency, fields=form.roster_fields()),
    )
    if entry is not None:
        if entry.creator is None:
            messages.success(request, _("Written. Now pass the link on to the creator."))
        else:
            messages.success(request, _("Invited. The answer comes here and by mail."))
        return redirect(entry)
    context = {"form": form, "party": agency, "creator": creator}
    return render_page(request, "parties/roster_create.html", context)


@login_required
@require_safe
def roster_detail(request: PageRequest, pk: int) -> HttpResponse:
    return entry_page(request, fetch_entry(request, pk))


@login_required
@require_safe
def roster_invitation(request: PageRequest, key: str) -> HttpResponse:
    """The page behind the link: whoever holds it may read the terms and answer as a creator."""
    return entry_page(request, _invitation(request, key), by_link=True)


@login_required
@require_POST
def roster_acceptance(request: PageRequest, key: str) -> HttpResponse:
    entry = services.join_roster(request.actor, entry=_invitation(request, key))
    messages.success(request, _("You are on the roster of %(name)s.") % {"name": entry.agency})
    return redirect(entry)


@login_required
@require_POST
def roster_refusal(request: PageRequest, key: str) -> HttpResponse:
    entry = services.decline_roster(request.actor, entry=_invitation(request, key))
    messages.success(request, _("Declined; the agency was told."))
    return redirect(entry)


@login_required
@require_POST
def roster_reminder(request: PageRequest, pk: int) -> HttpResponse:
    entry = services.remind_creator(request.actor, entry=fetch_entry(request, pk))
    if entry.creator is None:
        messages.success(request, _("Counted as a reminder; pass the link on once more."))
    else:
        messages.success(request, _("Reminded."))
    return redirect(entry)


@login_required
@require_POST
def roster_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    entry = services.withdraw_roster(request.actor, entry=fetch_entry(request, pk))
    messages.success(request, _("The invitation was taken back."))
    return redirect(entry)


@login_required
@require_POST
def roster_showing(request: PageRequest, pk: int) -> HttpResponse:
    """The creator says whether the agency's page names them."""
    is_shown = request.POST.get("shown") == "1"
    return redirect(
        services.show_entry(request.actor, entry=fetch_entry(request, pk), is_shown=is_shown)
    )


@login_required
@require_POST
def roster_phone(request: PageRequest, pk: int) -> HttpResponse:
    """Unmask the invited creator's phone. Asked by POST, because looking is written down."""
    entry = fetch_entry(request, pk)
    return entry_page(request, entry, phone=services.reveal_phone(request.actor, entry=entry))


def fetch_entry(request: PageRequest, pk: int) -> RosterEntry:
    seen = RosterEntry.objects.visible_to(request.actor).select_related(*WITH_BOTH)
    return get_object_or_404(seen, pk=pk)


def _invitation(request: PageRequest, key: str) -> RosterEntry:
    """By its link. One that names a creator is for both sides alone."""
    readable = RosterEntry.objects.open_by_link(request.actor).select_related(*WITH_BOTH)
    return get_object_or_404(readable, key=key)


def entry_page(
    request: PageRequest,
    entry: RosterEntry,
    *,
    by_link: bool = False,
    phone: str = "",
    departure_form: django_forms.Form | None = None,
    statement_form: django_forms.Form | None = None,
) -> HttpResponse:
    actor = request.actor
    departures = entry.departures.select_related("asked_by").prefetch_related(
        "statements__party", "statements__files"
    )
    departure = departures.order_by("-pk").first()
    is_agency = actor.speaks_for(entry.agency_id)
    context = {
        "entry": entry,
        "departure": departure,
        "is_agency": is_agency,
        "is_side": entry.side_of(actor.party_id) is not None,
        "by_link": by_link,
        "link": request.build_absolute_uri(entry.get_link_url()) if is_agency else "",
        "is_texted": sms.is_open(),
        "phone": phone,
        "departure_form": departure_form or forms.DepartureForm(),
        "statement_form": statement_form or forms.StatementForm(),
        "can": _verdicts(actor, entry, departure),
        "trail": [] if by_link else trail(entry).select_related("user"),
    }
    return render_page(request, "parties/roster_detail.html", context, partial="phone")


def _verdicts(actor: Actor, entry: RosterEntry, departure: Departure | None) -> dict[str, Verdict]:
    """What the acting person may do here, each refusal with its reason."""
    found = {
        "accept": rules.can_join_roster(actor, entry),
        "decline": rules.can_answer_roster(actor, entry),
        "remind": rules.can_remind_creator(actor, entry),
        "withdraw": rules.can_withdraw_roster(actor, entry),
        "reveal": rules.can_reveal_phone(actor, entry),
        "show": rules.can_show_entry(actor, entry),
        "leave": rules.can_ask_departure(actor, entry),
    }
    if departure is not None:
        found |= {
            "agree": rules.can_agree_departure(actor, departure),
            "contest": rules.can_contest_departure(actor, departure),
            "resume": rules.can_withdraw_departure(actor, departure),
            "state": rules.can_state_departure(actor, departure),
            "evidence": rules.can_read_departure_evidence(actor, departure),
        }
    return found
