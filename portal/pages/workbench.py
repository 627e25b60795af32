"""A person's day: what needs them, the numbers that matter, the next steps."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.operators import queues
from portal.core.web import render_page
from portal.notices.services import note_visit
from portal.pages.changes import changes_of
from portal.pages.demo import unfinished_demo
from portal.pages.homes import home_of
from portal.pages.homes.operator import targets_for
from portal.pages.todos import todos_of
from portal.pages.todos.sources import TODO_SOURCES
from portal.pages.trends import figures_for
from portal.parties.onboarding import checklist_of
from portal.parties.rules import may_open_meanwhile

SHOWN_TODOS = 10  # the others are folded away, so that the numbers stay in sight
MOST_CHANGES = 8  # kinds of them


@login_required
@require_safe
def workbench(request: PageRequest) -> HttpResponse:
    actor = request.actor
    found = todos_of(actor, TODO_SOURCES)
    if hasattr(request, "viewing"):  # a link that lets its holder act is its person's alone
        found = [todo for todo in found if may_open_meanwhile("GET", todo.url)]
    found.sort(key=lambda t: (not t.is_urgent, t.due or date.max))
    waiting = queues(request) if request.user.is_staff else []
    since = note_visit(actor)
    context = {
        "todos": found,
        "first_todos": found[:SHOWN_TODOS],
        "more_todos": found[SHOWN_TODOS:],
        "figures": list(figures_for(actor)),
        "home": home_of(actor),
        "since": since,
        "changes": changes_of(actor, since, announced=False)[:MOST_CHANGES],
        "checklist": checklist_of(actor),
        "queues": waiting,
        **targets_for(actor),
        "queued": sum(queue.count for queue in waiting),
        "loading": unfinished_demo(),
        "party": actor.party,
        "today": clock.today(),
    }
    return render_page(request, "pages/workbench.html", context, partial="demo-loading")
