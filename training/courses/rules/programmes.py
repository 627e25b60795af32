"""What makes a programme sound."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import Flaw, Verdict, flawless, flaws_of_lines
from portal.parties.states import PartyKind
from training.courses.fields import ProgrammeFields
from training.courses.rules.courses import CODE, LENGTHS
from training.courses.states import ProgrammeKind

MOST_COURSES = 30


def programme_is_sound(fields: ProgrammeFields) -> Verdict:
    return flawless(flaws_of_programme(fields))


def flaws_of_programme(fields: ProgrammeFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title_zh", "title_en")
    if not CODE.fullmatch(fields.code) or len(fields.code) > 40:
        yield Flaw("code", _("Small letters, digits and hyphens, up to 40 characters."))
    for name in ("title_zh", "title_en", "summary_zh", "summary_en"):
        if not 1 <= len(getattr(fields, name).strip()) <= LENGTHS[name]:
            yield Flaw(name, _("From 1 to %(n)s characters.") % {"n": LENGTHS[name]})
    if fields.kind not in ProgrammeKind.values:
        yield Flaw("kind", _("Choose one of the kinds."))
    if not fields.audience or not set(fields.audience) <= set(PartyKind.values):
        yield Flaw("audience", _("Choose at least one role."))
    if (fields.kind == ProgrammeKind.BELT) != (fields.belt_id is not None):
        yield Flaw("belt_id", _("A programme of a belt names it; no other does."))
    if (fields.kind == ProgrammeKind.CUSTOM) != (fields.party_id is not None):
        yield Flaw("party_id", _("A custom path names whose it is; no other does."))
    keys = [course for course, _required in fields.courses]
    if not 1 <= len(keys) <= MOST_COURSES or len(set(keys)) != len(keys):
        yield Flaw("courses", _("From 1 to 30 courses, each of them once."))
