"""Chat bots of people and parties."""

from __future__ import annotations

from django.db import transaction

from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.core.outgoing import check_url
from portal.notices import rules
from portal.notices.fields import BotFields
from portal.notices.models import ChatBot


@transaction.atomic
def make_bot(actor: Actor, *, fields: BotFields) -> ChatBot:
    """Add the robot of a chat; what it is told follows the choices, or its own topics."""
    rules.can_make_bot(actor, for_party=fields.for_party).require()
    rules.bot_is_sound(fields).require()
    assert actor.user is not None  # the rule above
    bot = ChatBot.objects.create(
        kind=fields.kind,
        name=fields.name.strip(),
        user=None if fields.for_party else actor.user,
        party_id=actor.party_id if fields.for_party else None,
        host=str(check_url(fields.url).hostname),
        url_sealed=vault.seal(fields.url),
        secret_sealed=vault.seal(fields.secret) if fields.secret else None,
        topics=sorted(fields.topics) if fields.for_party else [],
        language=actor.user.language,
        created_by=actor.user,
        created_at=clock.now(),
    )
    audit.record(actor, "make_chat_bot", bot, after=_facts(bot))
    return bot


@transaction.atomic
def end_bot(actor: Actor, *, bot: ChatBot) -> ChatBot:
    """It hears nothing more; its address and secret go."""
    bot = ChatBot.objects.select_for_update(no_key=True).get(pk=bot.pk)
    rules.can_end_bot(actor, bot).require()
    bot.ended_at, bot.url_sealed, bot.secret_sealed = clock.now(), b"", None
    bot.save(update_fields=["ended_at", "url_sealed", "secret_sealed"])
    audit.record(actor, "end_chat_bot", bot, after=_facts(bot))
    return bot


def end_bots_of_party(party_id: int, *, made_by: int | None = None) -> int:
    """End the chats of a party that is no more, or those that somebody made who has left; how many.
    Called within the change that they follow."""
    theirs = ChatBot.objects.live().filter(party_id=party_id)
    if made_by is not None:
        theirs = theirs.filter(created_by=made_by)
    return theirs.update(ended_at=clock.now(), url_sealed=b"", secret_sealed=None)


def _facts(bot: ChatBot) -> dict[str, object]:
    return {"kind": bot.kind, "host": bot.host, "party": bot.party_id, "topics": bot.topics}
