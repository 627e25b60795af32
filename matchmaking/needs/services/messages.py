"""Writing, reading, blocking and reporting. Who writes and who blocks lock the two parties first:
after a block no message arrives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.needs import rules
from matchmaking.needs.files import ATTACHMENT
from matchmaking.needs.models import Block, Message, MessageReport, Proposal
from matchmaking.needs.services.responses import note_reply
from matchmaking.needs.services.talk_changes import end_talks_between, lock_parties
from matchmaking.needs.states import ReportReason, ReportStatus, Side
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, delete_file, store_file, take_file
from portal.core.models import StoredFile
from portal.notices.services import notify
from portal.parties.models import Party
from portal.parties.services import tell_party


@transaction.atomic
def send_message(
    actor: Actor,
    *,
    proposal: Proposal,
    text: str,
    uploads: Sequence[UploadedFile] = (),
    file_ids: Sequence[UUID] = (),
) -> Message:
    """Write to the other side. Contacts are masked until both sides agreed to exchange them."""
    proposal = _with_parties(proposal)
    rules.can_send_message(actor, proposal).require()
    is_agreed = proposal.shows_contacts
    kept = text.strip() if is_agreed else rules.masked(text.strip())
    count = len(uploads) + len(file_ids)
    rules.message_is_sound(kept, count, is_agreed=is_agreed).require()
    files = [*_stored(actor, uploads), *_taken(actor, file_ids)]
    if not is_agreed:
        _name_neutrally(files)
    was_unread = _unread(proposal, side := rules.side_of(actor, proposal))
    message = Message.objects.create(
        number=Message.objects.filter(proposal=proposal).count() + 1,
        proposal=proposal,
        side=side,
        author=actor.user,
        text=kept,
        is_masked=kept != text.strip(),
        at=clock.now(),
    )
    message.files.set(files)
    note_reply(message)
    audit.record(actor, "send_message", message, after={"proposal": proposal.pk})
    if not was_unread:  # one notice until it is read, however much is written
        _tell_other_side(message)
    return message


@transaction.atomic
def read_messages(actor: Actor, *, proposal: Proposal) -> int:
    """What the other side wrote is read now; how many were not."""
    rules.can_read_messages(actor, proposal).require()
    unread = Message.objects.filter(proposal=proposal).unread_by(actor)
    return unread.update(read_at=clock.now())


@transaction.atomic
def block_party(actor: Actor, *, proposal: Proposal) -> Block:
    """Hear nothing more from the other side of this conversation, and be offered to it no more.
    Blocking twice is one block."""
    proposal = _with_parties(proposal)
    rules.can_block_party(actor, proposal).require()
    is_bidder = actor.speaks_for(proposal.provider_id)
    other = proposal.need.merchant_id if is_bidder else proposal.provider_id
    block, is_new = Block.objects.standing().get_or_create(
        blocker=actor.party,
        blocked_id=other,
        defaults={"by": actor.user, "at": clock.now(), "proposal": proposal},
    )
    if is_new:
        audit.record(actor, "block_party", block, after={"blocked": other})
        end_talks_between(actor, _between(proposal))
    return block


@transaction.atomic
def lift_block(actor: Actor, *, block: Block) -> Block:
    """Hear from a party again."""
    block = (
        Block.objects.select_for_update(of=("self",), no_key=True)
        .select_related("blocker")
        .get(pk=block.pk)
    )
    rules.can_lift_block(actor, block).require()
    block.lifted_at = clock.now()
    block.save(update_fields=["lifted_at"])
    audit.record(actor, "lift_block", block, before={"blocked": block.blocked_id})
    return block


@transaction.atomic
def report_message(
    actor: Actor, *, message: Message, reason: ReportReason, note: str = ""
) -> MessageReport:
    """Ask an operator to look at a message of the other side."""
    rules.can_report_message(actor, message).require()
    report = MessageReport.objects.create(
        message=message,
        party=cast("Party", actor.party),  # the rule above saw one
        by=actor.user,
        reason=ReportReason(reason),
        note=note.strip(),
        at=clock.now(),
    )
    audit.record(actor, "report_message", report, after={"reason": reason})
    return report


@transaction.atomic
def uphold_report(actor: Actor, *, report: MessageReport) -> MessageReport:
    """The message is taken away, its files with it; both sides are told."""
    report = _decide(actor, report, ReportStatus.UPHELD, "uphold_report")
    message = report.message
    message.text, message.removed_at = "", clock.now()
    message.save(update_fields=["text", "removed_at"])
    for file in message.files.all():
        delete_file(actor, file=file, why="reported")
    _tell_decided(report, gettext_noop("The message you reported about “%(need)s” was removed."))
    if message.author_id is not None:
        notify(
            [message.author_id],
            party_id=None,
            event="message.removed",
            key=f"message-removed:{message.pk}",
            sentence=gettext_noop(
                "A message of yours about “%(need)s” was removed by an operator."
            ),
            params={"need": message.proposal.need.title},
            url=message.get_absolute_url(),
        )
    return report


@transaction.atomic
def dismiss_report(actor: Actor, *, report: MessageReport) -> MessageReport:
    """Nothing is wrong with it; who reported it is told."""
    report = _decide(actor, report, ReportStatus.DISMISSED, "dismiss_report")
    sentence = gettext_noop("An operator looked at the message about “%(need)s”: it stays.")
    _tell_decided(report, sentence)
    return report


def _decide(actor: Actor, report: MessageReport, status: ReportStatus, verb: str) -> MessageReport:
    whole = MessageReport.objects.select_for_update(of=("self",), no_key=True)
    report = whole.select_related("message__proposal__need", "party").get(pk=report.pk)
    rules.can_decide_report(actor, report).require()
    report.status, report.decided_by, report.decided_at = status, actor.user, clock.now()
    report.save()
    audit.record(actor, verb, report, before={"status": "open"}, after={"status": status})
    return report


def _tell_decided(report: MessageReport, sentence: str) -> None:
    tell_party(
        report.party,
        event=f"report.{report.status}",
        key=f"report:{report.pk}:{report.status}",
        sentence=sentence,
        params={"need": report.message.proposal.need.title},
        url=report.message.get_absolute_url(),
    )


def _with_parties(proposal: Proposal) -> Proposal:
    """The proposal as it is now, behind a lock on both of its parties."""
    lock_parties(proposal)
    return Proposal.objects.select_related("need__merchant", "provider").get(pk=proposal.pk)


def _between(proposal: Proposal) -> list[Proposal]:
    """Every live proposal of the same two parties, whichever of them asks."""
    pair = [proposal.need.merchant_id, proposal.provider_id]
    live = Proposal.objects.filter(need__merchant__in=pair, provider__in=pair, ended_at=None)
    return list(live.order_by("pk"))


def _unread(proposal: Proposal, side: Side) -> bool:
    return Message.objects.filter(proposal=proposal, side=side, read_at=None).exists()


def _stored(actor: Actor, uploads: Sequence[UploadedFile]) -> list[StoredFile]:
    return [
        attach_file(
            actor,
            file=store_file(actor, upload=up, purpose=ATTACHMENT, party_id=actor.party_id),
        )
        for up in uploads
    ]


def _taken(actor: Actor, file_ids: Sequence[UUID]) -> list[StoredFile]:
    return [take_file(actor, file_id=one, purpose=ATTACHMENT, field="file_ids") for one in file_ids]


def _name_neutrally(files: Sequence[StoredFile]) -> None:
    """A name may hold a contact, too; nobody reads the sender's before both sides have agreed."""
    for number, file in enumerate(files, start=1):
        file.name = f"attachment-{number}{PurePath(file.name).suffix}"
        file.save(update_fields=["name"])


def _tell_other_side(message: Message) -> None:
    proposal = message.proposal
    is_bidder = message.side == Side.BIDDER
    tell_party(
        proposal.need.merchant if is_bidder else proposal.provider,
        event="message.received",
        key=f"message:{message.pk}",
        sentence=gettext_noop("%(provider)s wrote to you about “%(need)s”.")
        if is_bidder
        else gettext_noop("The merchant wrote to you about “%(need)s”."),
        params={"need": proposal.need.title, "provider": proposal.provider.name},
        url=message.get_absolute_url(),
    )
