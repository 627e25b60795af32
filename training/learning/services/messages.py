"""To everybody with a seat, by who teaches."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from training.courses.models import Session
from training.courses.services.sessions import lock_session
from training.learning import rules, selectors
from training.learning.models import ClassMessage, Enrolment
from training.learning.services.telling import tell_learner

SENTENCE = gettext_noop("To the class of “%(course)s”: %(text)s")
SHOWN = 160  # in the notice; all of it stands with the enrolment


@transaction.atomic
def tell_class(actor: Actor, *, session: Session, text: str) -> ClassMessage:
    """Each hears of it once, whoever manages the party for those of its team without an account."""
    session = lock_session(session)
    rules.can_tell_class(actor, session, selectors.messages_today(session)).require()
    rules.message_is_sound(text).require()
    told = list(Enrolment.objects.seated().filter(session=session).whole().order_by("pk"))
    message = ClassMessage.objects.create(
        session=session, text=text.strip(), by=actor.user, at=clock.now(), reached=len(told)
    )
    audit.record(actor, "tell_class", session, after={"people": len(told)})
    for enrolment in told:
        tell_learner(
            enrolment,
            event="class.message",
            key=f"class-message:{message.pk}",
            sentence=SENTENCE,
            text=message.text[:SHOWN],
        )
    return message
