"""What may not be written, who decides a case, and who may appeal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.moderation.engine.matching import Hit
from portal.moderation.models import Case
from portal.moderation.states import WHY, CaseState, Level, WordCategory
from portal.moderation.words import PHONE, find_words

# --- words ----------------------------------------------------------------------------------------


def flaws_of_words(value: object, *names: str) -> Iterator[Flaw]:
    """What is refused at once in the named texts: the word and why, a sentence a field."""
    for name in names:
        text = getattr(value, name)
        hit = next((hit for hit in find_words(text) if hit.entry.level == Level.BANNED), None)
        if hit is not None:
            yield Flaw(name, _sentence(hit, text))


def words_to_review(text: str) -> list[Hit]:
    """What a person must look at."""
    return [hit for hit in find_words(text) if hit.entry.level == Level.REVIEW]


def _sentence(hit: Hit, text: str) -> str:
    if hit.entry == PHONE:
        return str(_("Leave phone numbers out; contacts are shown once a cooperation is agreed."))
    sentence = _("Leave out “%(word)s”: %(why)s.")
    why = WHY[WordCategory(hit.entry.category)]
    return str(sentence) % {"word": text[hit.start : hit.end], "why": why}


# --- cases ----------------------------------------------------------------------------------------


def can_edit_words(actor: Actor) -> Verdict:
    if actor.has_perm("moderation.change_word"):
        return ALLOWED
    return forbidden(_("Only operators change the list of words."))


def can_decide_case(actor: Actor, case: Case) -> Verdict:
    """The first look."""
    if not (verdict := _may_decide(actor, case)):
        return verdict
    if case.state != CaseState.OPEN:
        return conflict(_("This case is decided already."))
    return ALLOWED


def can_decide_appeal(actor: Actor, case: Case) -> Verdict:
    """The second look, by somebody else."""
    if not (verdict := _may_decide(actor, case)):
        return verdict
    if case.state != CaseState.APPEALED:
        return conflict(_("There is no appeal to decide."))
    if actor.user_id == case.decided_by_id:
        return forbidden(_("Who refused it does not decide the appeal; another operator must."))
    return ALLOWED


def _may_decide(actor: Actor, case: Case) -> Verdict:
    if not actor.has_perm("moderation.decide_case"):
        return forbidden(_("Only operators pass or refuse."))
    if actor.user_id is not None and actor.user_id == case.author_id:
        return forbidden(_("Nobody decides about their own words; another operator must."))
    return ALLOWED


def can_appeal_case(actor: Actor, case: Case) -> Verdict:
    is_author = actor.user_id is not None and actor.user_id == case.author_id
    if not is_author and not actor.speaks_for(case.party_id):
        return forbidden(_("This case is not yours."))
    if case.state != CaseState.REFUSED:
        return conflict(_("Only a refusal can be appealed, and once."))
    return ALLOWED


def nothing_is_held(texts: dict[str, str], held: set[str]) -> Verdict:
    """For a rule that publishes: whether a person must look first."""
    if not (held & texts.keys()):
        return ALLOWED
    return conflict(_("A person looks at the text first; you will be told the answer."))
