"""What happened, in words: audit verbs become sentences, people of the other side stay unnamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.core.actor import Actor
from portal.core.models import AuditEntry

register = template.Library()

VERBS: dict[str, str | Promise] = {
    "register_party": gettext_lazy("registered the party"),
    "update_party": gettext_lazy("changed the profile"),
    "submit_party": gettext_lazy("handed in the application"),
    "approve_party": gettext_lazy("verified the party"),
    "return_party": gettext_lazy("asked for more information"),
    "refuse_party": gettext_lazy("refused the application"),
    "recall_party": gettext_lazy("took the application back"),
    "restart_party": gettext_lazy("began the application anew"),
    "give_real_name": gettext_lazy("gave the real name"),
    "list_party": gettext_lazy("listed the party"),
    "hide_party": gettext_lazy("hid the party"),
    "invite_member": gettext_lazy("invited a colleague"),
    "resend_invitation": gettext_lazy("sent an invitation again"),
    "withdraw_invitation": gettext_lazy("withdrew an invitation"),
    "accept_invitation": gettext_lazy("joined the party"),
    "decline_invitation": gettext_lazy("declined an invitation"),
    "expire_invitation": gettext_lazy("ended an invitation nobody answered"),
    "change_role": gettext_lazy("gave a colleague another role"),
    "remove_member": gettext_lazy("removed a colleague"),
    "leave_party": gettext_lazy("left the party"),
    "offer_ownership": gettext_lazy("offered the ownership"),
    "withdraw_ownership": gettext_lazy("withdrew the offer of the ownership"),
    "accept_ownership": gettext_lazy("became the owner"),
    "decline_ownership": gettext_lazy("declined the ownership"),
    "expire_ownershipoffer": gettext_lazy("ended an offer of the ownership nobody answered"),
    "narrow_member": gettext_lazy("changed for whom a colleague works"),
    "suspend_party": gettext_lazy("suspended the party"),
    "lift_suspension": gettext_lazy("ended the suspension"),
    "reopen_party": gettext_lazy("put the application under review again, on appeal"),
    "reopen_document": gettext_lazy("put the document under review again, on appeal"),
    "file_appeal": gettext_lazy("filed an appeal"),
    "withdraw_appeal": gettext_lazy("withdrew the appeal"),
    "uphold_on_appeal": gettext_lazy("let the decision stand"),
    "reverse_on_appeal": gettext_lazy("reversed the decision"),
    "bind_app": gettext_lazy("bound a chat app"),
    "unbind_app": gettext_lazy("unbound a chat app"),
    "begin_viewing": gettext_lazy("began to look as the person"),
    "view_page": gettext_lazy("looked at a page as the person"),
    "end_viewing": gettext_lazy("ended the look as the person"),
    "merge_party": gettext_lazy("merged it into another party"),
    "absorb_party": gettext_lazy("merged another party into it"),
    "take_party": gettext_lazy("took the party from public data"),
    "give_party": gettext_lazy("gave the party to who proved that it is theirs"),
    "claim_party": gettext_lazy("claimed the party"),
    "answer_claim": gettext_lazy("handed in what was asked for"),
    "send_claim_code": gettext_lazy("had a code sent to the registered phone"),
    "prove_claim_by_phone": gettext_lazy("gave the code of the registered phone"),
    "ask_claimant": gettext_lazy("asked for more"),
    "accept_claim": gettext_lazy("accepted the claim"),
    "refuse_claim": gettext_lazy("refused the claim"),
    "withdraw_claim": gettext_lazy("withdrew the claim"),
    "ask_introduction": gettext_lazy("asked for the introduction"),
    "withdraw_introduction": gettext_lazy("withdrew the wish"),
    "answer_introduction": gettext_lazy("answered the offer"),
    "take_introduction": gettext_lazy("took the introduction on"),
    "offer_introduction": gettext_lazy("put it to the creator"),
    "refuse_introduction": gettext_lazy("refused the introduction"),
    "sign_introduction": gettext_lazy("kept the contract"),
    "end_introduction": gettext_lazy("wrote down the outcome"),
    "write_confidential": gettext_lazy("wrote the confidential part"),
    "open_confidential": gettext_lazy("promised to keep the confidential part"),
    "nudge_need": gettext_lazy("reminded the merchant"),
    "close_party": gettext_lazy("closed the party"),
    "reveal_party": gettext_lazy("looked at the contact"),
    "invite_creator": gettext_lazy("invited the creator"),
    "remind_creator": gettext_lazy("reminded the creator"),
    "withdraw_roster": gettext_lazy("took the invitation back"),
    "join_roster": gettext_lazy("accepted the invitation"),
    "decline_roster": gettext_lazy("declined the invitation"),
    "expire_roster": gettext_lazy("ended the invitation, which nobody answered"),
    "reveal_phone": gettext_lazy("looked at the creator's phone"),
    "show_entry": gettext_lazy("changed whether the agency's page names the creator"),
    "ask_departure": gettext_lazy("asked to part early"),
    "agree_departure": gettext_lazy("agreed to part"),
    "contest_departure": gettext_lazy("objected; an operator decides"),
    "state_departure": gettext_lazy("added a statement"),
    "withdraw_departure": gettext_lazy("stayed after all"),
    "decide_departure": gettext_lazy("decided the departure"),
    "resume_membership": gettext_lazy("let the contract run on"),
    "end_membership": gettext_lazy("ended the membership with its contract"),
    "claim_account": gettext_lazy("named the account"),
    "place_proof": gettext_lazy("handed in the proof"),
    "prove_account": gettext_lazy("found the account proven"),
    "renew_account": gettext_lazy("renewed the proof"),
    "refuse_account": gettext_lazy("did not find the account proven"),
    "release_account": gettext_lazy("gave the account up"),
    "expire_account": gettext_lazy("ended the proof, which ran out"),
    "enter_payout": gettext_lazy("entered an account to be paid to"),
    "confirm_payout": gettext_lazy("confirmed the account"),
    "refuse_payout": gettext_lazy("refused the account"),
    "withdraw_payout": gettext_lazy("took the account back"),
    "replace_payout": gettext_lazy("took the account out of use"),
    "make_key": gettext_lazy("made an API key"),
    "revoke_key": gettext_lazy("revoked an API key"),
    "give_grant": gettext_lazy("let another party's keys act for it"),
    "end_grant": gettext_lazy("ended what another party's keys may do for it"),
    "make_sandbox": gettext_lazy("made a sandbox"),
    "make_webhook": gettext_lazy("made a webhook"),
    "change_webhook": gettext_lazy("changed the webhook"),
    "rotate_webhook_secret": gettext_lazy("changed the webhook's secret"),
    "pause_webhook": gettext_lazy("paused the webhook"),
    "resume_webhook": gettext_lazy("put the webhook to use again"),
    "end_webhook": gettext_lazy("ended the webhook"),
    "test_webhook": gettext_lazy("tested the webhook"),
    "replay_webhook": gettext_lazy("sent an event again"),
    "make_chat_bot": gettext_lazy("added a chat bot"),
    "end_chat_bot": gettext_lazy("ended a chat bot"),
    "choose_notices": gettext_lazy("chose how to be told"),
    "unsubscribe_notices": gettext_lazy("ended mails by their link"),
    "add_staff": gettext_lazy("added somebody to the team"),
    "change_staff": gettext_lazy("changed somebody of the team"),
    "remove_staff": gettext_lazy("took somebody off the team"),
    "describe_merchant": gettext_lazy("described the shop"),
    "describe_agency": gettext_lazy("described the agency"),
    "set_picture": gettext_lazy("set a picture"),
    "remove_picture": gettext_lazy("took a picture off"),
    "write_case": gettext_lazy("wrote the case"),
    "change_case": gettext_lazy("changed the case"),
    "ask_check": gettext_lazy("asked for a check"),
    "recall_case": gettext_lazy("took it back from the check"),
    "withdraw_case": gettext_lazy("took the case down"),
    "verify_case": gettext_lazy("confirmed it from the settlements"),
    "refuse_case_mark": gettext_lazy("did not confirm it"),
    "create_need": gettext_lazy("wrote the need"),
    "update_need": gettext_lazy("changed the draft"),
    "discard_draft": gettext_lazy("discarded what was typed"),
    "save_template": gettext_lazy("kept a need as a template"),
    "remove_template": gettext_lazy("removed a template"),
    "publish_need": gettext_lazy("published the need"),
    "match_need": gettext_lazy("sent the first proposal"),
    "award_need": gettext_lazy("awarded the need"),
    "cancel_need": gettext_lazy("cancelled the need"),
    "expire_need": gettext_lazy("ended the need after its last day"),
    "ask_question": gettext_lazy("asked a question"),
    "answer_question": gettext_lazy("answered a question"),
    "extend_need": gettext_lazy("moved the last day for proposals back"),
    "reopen_need": gettext_lazy("opened the need again"),
    "revive_proposal": gettext_lazy("opened the answer again with the need"),
    "invite_provider": gettext_lazy("invited the provider"),
    "draft_proposal": gettext_lazy("saved a draft"),
    "submit_proposal": gettext_lazy("submitted the proposal"),
    "shortlist_proposal": gettext_lazy("put the proposal on the shortlist"),
    "counter_offer": gettext_lazy("offered other terms"),
    "agree_offer": gettext_lazy("agreed to the merchant's terms"),
    "send_message": gettext_lazy("wrote a message"),
    "block_party": gettext_lazy("blocked a party"),
    "lift_block": gettext_lazy("let a party write again"),
    "report_message": gettext_lazy("reported a message"),
    "uphold_report": gettext_lazy("removed the message"),
    "dismiss_report": gettext_lazy("found nothing wrong with the message"),
    "create_service_offer": gettext_lazy("wrote the package"),
    "update_service_offer": gettext_lazy("changed the package"),
    "show_service_offer": gettext_lazy("showed the package"),
    "hide_service_offer": gettext_lazy("hid the package"),
    "order_service_offer": gettext_lazy("ordered the package"),
    "accept_proposal": gettext_lazy("accepted the proposal"),
    "decline_proposal": gettext_lazy("declined the proposal"),
    "withdraw_proposal": gettext_lazy("stepped back"),
    "expire_proposal": pgettext_lazy("history of a proposal", "ended the proposal with the need"),
    "begin_cooperation": gettext_lazy("began the cooperation"),
    "reveal_contact": gettext_lazy("looked at the other side's contact"),
    "start_cooperation": gettext_lazy("began the work on the agreed day"),
    "pause_cooperation": gettext_lazy("paused the cooperation"),
    "resume_cooperation": gettext_lazy("went on with the cooperation"),
    "announce_ending": gettext_lazy("gave notice"),
    "withdraw_ending": gettext_lazy("took the notice back"),
    "complete_cooperation": gettext_lazy("said that it is completed"),
    "withdraw_completion": gettext_lazy("said that something is still to be done"),
    "end_cooperation": gettext_lazy("ended the cooperation"),
    "terminate_cooperation": gettext_lazy("ended the cooperation early"),
    "add_obligation": gettext_lazy("added an obligation"),
    "accept_obligation": gettext_lazy("took on an obligation"),
    "decline_obligation": gettext_lazy("did not take on an obligation"),
    "finish_obligation": gettext_lazy("kept an obligation"),
    "confirm_obligation": gettext_lazy("confirmed an obligation"),
    "return_obligation": gettext_lazy("returned an obligation"),
    "waive_obligation": gettext_lazy("waived an obligation"),
    "propose_amendment": gettext_lazy("proposed a change"),
    "accept_amendment": gettext_lazy("accepted the change"),
    "decline_amendment": gettext_lazy("declined the change"),
    "withdraw_amendment": gettext_lazy("took the change back"),
    "expire_amendment": gettext_lazy("ended a change nobody answered"),
    "give_review": gettext_lazy("reviewed the other side"),
    "publish_reviews": gettext_lazy("showed the reviews"),
    "answer_review": gettext_lazy("answered a review"),
    "open_case": gettext_lazy("held it for a look"),
    "drop_case": gettext_lazy("was changed by its author"),
    "pass_case": gettext_lazy("passed it"),
    "refuse_case": gettext_lazy("refused it"),
    "appeal_case": gettext_lazy("appealed"),
    "decide_appeal": gettext_lazy("decided the appeal"),
    "save_word": gettext_lazy("changed the listed word"),
    "ask_help": gettext_lazy("asked"),
    "reply_ticket": gettext_lazy("wrote more"),
    "answer_ticket": gettext_lazy("answered the question"),
    "note_ticket": gettext_lazy("wrote a note"),
    "assign_ticket": gettext_lazy("gave the question to somebody"),
    "set_ticket_priority": gettext_lazy("changed the priority"),
    "resolve_ticket": gettext_lazy("resolved the question"),
    "close_ticket": gettext_lazy("closed the question"),
    "rate_ticket": gettext_lazy("rated the answer"),
    "save_document_draft": gettext_lazy("wrote a draft of the document"),
    "publish_document": gettext_lazy("published the document"),
    "give_consent": gettext_lazy("agreed to the document"),
    "withdraw_consent": gettext_lazy("withdrew the consent"),
    "start_job": gettext_lazy("started the job"),
    "retry_job": gettext_lazy("queued the job again"),
}
PRIVATE = frozenset({"draft_proposal"})  # until it submits, a draft is nobody else's business
TOLD = frozenset(
    {
        "return_party",
        "refuse_party",
        "suspend_party",
        "reopen_party",
        "decide_departure",
        "ask_claimant",
        "refuse_claim",
        "announce_ending",
        "terminate_cooperation",
        "return_obligation",
        "refuse_case_mark",
    }
)  # the audit row's reason is a sentence for the reader
SETBACKS = frozenset(
    {
        "return_party",
        "refuse_party",
        "suspend_party",
        "refuse_case_mark",
        "decline_proposal",
        "withdraw_proposal",
        "cancel_need",
        "refuse_claim",
    }
)


@register.simple_tag
def verb(code: str) -> str:
    """An audit verb in words: `{% verb entry.verb %}`."""
    return str(VERBS.get(code, code.replace("_", " ")))


@register.inclusion_tag("components/timeline.html")
def history(entries: Iterable[AuditEntry], actor: Actor) -> dict[str, Any]:
    """A trail as the acting person may read it: `{% history trail actor %}`."""
    return {"items": [_item(e, actor) for e in entries if _may_read(e, actor)]}


def _may_read(entry: AuditEntry, actor: Actor) -> bool:
    return entry.verb not in PRIVATE or actor.speaks_for(entry.party_id)


def _item(entry: AuditEntry, actor: Actor) -> dict[str, Any]:
    return {
        "at": entry.at,
        "by": _who(entry, actor),
        "text": verb(entry.verb),
        "note": entry.why if entry.verb in TOLD else entry.after.get("shown", ""),
        "tone": "warn" if entry.verb in SETBACKS else "ok",
    }


def _who(entry: AuditEntry, actor: Actor) -> str:
    """One's own colleagues and oneself by name, everybody else by their side."""
    if entry.key_party_id is not None and entry.key_party_id != actor.party_id:
        return _("A key of another party")
    is_own = entry.user_id == actor.user_id or actor.speaks_for(entry.party_id)
    if entry.user is not None and is_own:
        return str(entry.user)
    return _("The platform") if entry.party_id is None else _("The other side")
