"""Violations and reporting where a party is shown: `{% violations_of party actor %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.conduct.models import Case, Rule
from portal.conduct.selectors import Ended, violations_of
from portal.conduct.states import CaseStatus, Severity
from portal.core.actor import Actor
from portal.core.templatetags.ui import day
from portal.parties.models import Party

register = template.Library()

TONES = {Severity.MINOR: "", Severity.MODERATE: "warn", Severity.SEVERE: "bad"}


@register.inclusion_tag("conduct/violations.html", name="violations_of")
def shown_violations(party: Party, actor: Actor) -> dict[str, Any]:
    """Its violations in force, and where to report it; nobody reports a party of their own."""
    is_own = actor.speaks_for(party.pk)
    return {"violations": violations_of(party), "report_url": "" if is_own else report_url(party)}


@register.simple_tag
def report_url(party: Party, place: str = "", key: int | str = "") -> str:
    """Where one reports the party; `place` and `key` name the thing of the site one comes from."""
    url = reverse("conduct_report_create", args=[party.pk])
    return f"{url}?{urlencode({'place': place, 'key': key})}" if place else url


@register.inclusion_tag("components/tag.html")
def severity(rule: Rule) -> dict[str, str]:
    return {"label": str(rule.get_severity_display()), "tone": TONES[Severity(rule.severity)]}


@register.inclusion_tag("components/tag.html")
def outcome(end: Ended | None) -> dict[str, str]:
    """How a report ended, as its reporter is told."""
    if end is None:
        return {"label": _("Being looked into"), "tone": "info"}
    if end.is_violation:
        return {"label": _("Violation"), "tone": "ok"}
    return {"label": _("Dismissed"), "tone": ""}


@register.inclusion_tag("components/note.html")
def case_note(case: Case) -> dict[str, str]:
    """Where the case stands, and until when who is to act."""
    tone, title, text = _standing(case)
    return {"tone": tone, "title": title, "text": text % {"day": day(case.due_on)}}


def _standing(case: Case) -> tuple[str, str, str]:
    said: dict[str, tuple[str, str, str]] = {
        CaseStatus.NOTIFIED: (
            "warn",
            _("Your word is asked for."),
            _("Answer by %(day)s; after that an operator decides by what there is."),
        ),
        CaseStatus.HEARD: (
            "info",
            _("An operator decides."),
            _("You are told by %(day)s at the latest, with the reason."),
        ),
        CaseStatus.CONFIRMED: (
            "warn",
            _("Confirmed, and not in force yet."),
            _("You may appeal until %(day)s; until then nobody else sees it."),
        ),
        CaseStatus.APPEALED: (
            "info",
            _("Somebody else judges your appeal."),
            _("You are told by %(day)s at the latest. Until then nothing is in force."),
        ),
        CaseStatus.FINAL: (
            "bad",
            _("In force."),
            _("It counts and is public until %(day)s."),
        ),
        CaseStatus.LAPSED: ("ok", _("Lapsed."), _("It counts no more and nobody else sees it.")),
        CaseStatus.DISMISSED: ("ok", _("Dismissed."), _("Nothing is held against you.")),
        CaseStatus.OVERTURNED: (
            "ok",
            _("Overturned on appeal."),
            _("Nothing is held against you."),
        ),
    }
    return said[case.status]
