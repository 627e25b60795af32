"""A shop's or creator's own feed: the trend, the days, and reporting one by hand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.activity import rules, selectors, services
from portal.activity.forms import DayForm
from portal.activity.states import Source
from portal.activity.tables import DAYS
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.parties.models import Party

SPANS = (30, 90, 365)


@login_required
@require_safe
def activity_list(request: PageRequest) -> HttpResponse:
    party = _own_party(request)
    asked = request.GET.get("days", "")
    span = int(asked) if asked in {str(span) for span in SPANS} else SPANS[0]
    feed = selectors.feed_of(party.pk, last=clock.today(), span=span)
    context = {
        "feed": feed,
        "last": feed.days[-1] if feed.days else None,
        "table": read_table(request, DAYS),
        "span": span,
        "spans": SPANS,
        "can_report": rules.can_report_days(request.actor, party),
    }
    partial = "table" if request.htmx.target == "table" else "activity"
    return render_page(request, "activity/activity_list.html", context, partial=partial)


@login_required
@require_http_methods(["GET", "POST"])
def activity_report(request: PageRequest) -> HttpResponse:
    party = _own_party(request)
    rules.can_report_days(request.actor, party).require()
    form = DayForm(
        request.POST if request.method == "POST" else None, initial={"day": clock.today()}
    )
    done = submit(
        form,
        lambda: services.record_days(
            request.actor, days=[form.day_fields(party.pk)], source=Source.SELF_REPORTED
        ),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("activity_list")
    return render_page(request, "activity/activity_report.html", {"form": form})


def _own_party(request: PageRequest) -> Party:
    """Whoever speaks for no shop or creator has no such page."""
    party = request.actor.party
    if party is None or party.kind not in rules.KINDS:
        raise Http404
    return party
