"""What the entries of rewards are called in the books, and where they lead."""

from __future__ import annotations

import re
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from portal.ledger.causes import Cause, register_cause
from portal.rewards.states import REWARD_CAUSE

SAID = re.compile(r"(?P<what>granted|revoked) (?P<task>[a-z0-9-]+)(?: .*)?")
SENTENCES = {
    "granted": gettext_noop("Reward of the task %(task)s"),
    "revoked": gettext_noop("Reward of the task %(task)s taken back"),
}
PARTS = {"granted": gettext_noop("reward granted")}


def sentence_of(text: str) -> str:
    said = SAID.fullmatch(text)
    return gettext(SENTENCES[said["what"]]) % {"task": said["task"]} if said else text


def part_of(part: str) -> str:
    return gettext(PARTS[part]) if part in PARTS else part


def address_of(cause_id: str) -> str:
    return reverse("task_claim_detail", args=[UUID(cause_id)])


register_cause(REWARD_CAUSE, Cause(part=part_of, text=sentence_of, address=address_of))
