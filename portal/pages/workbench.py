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
from portal.pages.homes import home_of, next_step, operator_step
from portal.pages.homes.operator import targets_for
from portal.pages.todos import todos_of
from portal.pages.todos.sources import TODO_SOURCES
from portal.pages.trends import figures_for
from portal.parties.kinds import KINDS
from portal.parties.onboarding import checklist_of
from portal.parties.rules import may_open_meanwhile

SHOWN_TODOS = 10  # the others are folded away, so that the numbers stay in sight
MOST_CHANGES = 8  # kinds of them
QUIET = 3  # with no more than so many things waiting the next step leads the wide column


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
    home, checklist, targets = home_of(actor), checklist_of(actor), targets_for(actor)
    step = next_step(actor, home, checklist) or operator_step(waiting, targets.get("fairs", ()))
    busy = sum(bool(queue.count) for queue in waiting)
    is_quiet = max(len(found), busy) <= QUIET and (len(home.cards) < 2 or not found)
    has_steps = actor.party is None or (checklist is not None and checklist.next is not None)
    context = {
        "todos": found,
        # What the next step says already, or that there is nothing, is not said beside it.
        "shows_todos": any(step is None or todo.url != step.url for todo in found)
        or not (waiting or (is_quiet and has_steps and step is not None)),
        "first_todos": found[:SHOWN_TODOS],
        "more_todos": found[SHOWN_TODOS:],
        "figures": list(figures_for(actor)),
        "home": home,
        "step": step,
        "is_quiet": is_quiet,
        "since": since,
        "changes": changes_of(actor, since, announced=False)[:MOST_CHANGES],
        "checklist": checklist,
        "queues": waiting,
        **targets,
        "queued": sum(queue.count for queue in waiting),
        "loading": unfinished_demo(),
        "kinds": KINDS if actor.party is None and not request.user.is_staff else (),
        "party": actor.party,
        "today": clock.today(),
    }
    return render_page(request, "pages/workbench.html", context, partial="demo-loading")
