"""The platform's own people: groups with the permissions of today's parts.

A group exists from the first day so that its row stands in the table of routes; it gains
permissions with the parts it works on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import StaffScope, User

VIEW_TRADE = (
    "parties.view_party",
    "parties.view_rosterentry",
    "parties.view_departure",
    "needs.view_need",
    "needs.view_proposal",
    "needs.view_exposure",
    "needs.view_question",
    "needs.view_offer",
    "needs.view_talk",
    "choosing.view_disclosure",
    "needs.view_serviceoffer",
    "needs.view_responsefact",
    "recruiting.view_post",
    "recruiting.view_application",
    "recruiting.view_offer",
    "recruiting.view_promise",
    "cooperation.view_cooperation",
    "cooperation.view_obligation",
    "cooperation.view_review",
    "cooperation.view_dispute",
    "cooperation.view_closing",
    "samples.view_sample",
    "content.view_contentorder",
    "revenue.view_agreement",
    "revenue.view_signingpower",
)
SEE_SEATS = (*("seats.view_occasion", "seats.view_pool", "seats.view_claim", "seats.view_step"),)
SEE_FAIRS = (
    *SEE_SEATS,
    *("fairs.view_fair", "fairs.view_signup", "fairs.view_invitationcode"),
    *("fairs.view_meetingplan", "fairs.view_followup"),
)
RUN_FAIRS = (*SEE_FAIRS, "fairs.run_fair")
BROKER = (
    "brokerage.view_introduction",
    "brokerage.view_representation",
    "brokerage.view_nudge",
    "brokerage.broker_introduction",
    "brokerage.nudge_need",
)
MODERATE = (
    "moderation.view_case",
    "moderation.decide_case",
    "needs.view_messagereport",
    "needs.decide_messagereport",
)
SEE_ADVICE = (
    *("advice.view_chapter", "advice.view_chapterversion"),
    *("advice.view_adviser", "advice.view_slot", "advice.view_booking"),
)
RUN_ADVICE = (*SEE_ADVICE, "advice.edit_handbook", "advice.run_advice")
SEE_TRAINING = (
    *("courses.view_course", "courses.view_programme", "courses.view_session"),
    *("learning.view_learner", "learning.view_enrolment", "learning.view_classmessage"),
    "certificates.view_certificate",
    *("assessment.view_question", "assessment.view_quiz", "assessment.view_attempt"),
    *("assessment.view_assignment", "assessment.view_work"),
)
RUN_TRAINING = (
    *(*SEE_TRAINING, *SEE_SEATS, "courses.run_training"),
    *("certificates.issue_certificate", "certificates.revoke_certificate"),
)
ANSWER_QUESTIONS = (
    "help.view_ticket",
    "help.answer_ticket",
    "help.view_article",
    "help.add_article",
    "help.change_article",
    "help.view_cannedanswer",
    "help.add_cannedanswer",
    "help.change_cannedanswer",
)
SUSPEND = ("parties.view_suspension", "parties.suspend_party")
JUDGE = ("parties.view_partyappeal", "parties.decide_partyappeal")
CLAIMS = ("parties.view_claim", "parties.decide_claim")
REVIEW = (
    *("parties.view_party", "parties.review_party", "parties.view_document"),
    *("parties.view_ownedaccount", "parties.view_shopopening"),
    *("parties.view_realname", *JUDGE, *CLAIMS),
)
RECRUIT = (
    "recruitment.view_round",
    "recruitment.view_application",
    "recruitment.manage_round",
)
RATE = (
    "evaluation.view_appeal",
    "evaluation.decide_appeal",
    "evaluation.view_plan",
    "evaluation.sign_plan",
    "evaluation.view_remedy",
)
SEE_STARS = (
    *("tiers.view_starruleset", "tiers.view_starwindow", "tiers.view_starreview"),
    *("tiers.view_starapplication", "tiers.view_starappeal", "tiers.view_starstanding"),
)
SEE_FRAMEWORKS = (
    *("tiers.view_framework", "tiers.view_frameworkmeeting", "tiers.view_frameworkdecision"),
)
REVIEW_STARS = (*SEE_STARS, "tiers.review_starapplication")
JUDGE_STARS = (*SEE_STARS, "tiers.decide_starappeal")
SEE_GROWTH = (*("growth.view_growthrules", "growth.view_linestanding", "growth.view_levelstep"),)
SEE_GOALS = (
    *("goals.view_yearsum", "goals.view_goalcount"),
    *("revenue.view_turnover", "revenue.view_channelturnover"),
)
SEE_MARKS = (
    *("tiers.view_certificationmethod", "tiers.view_certificationround"),
    *("tiers.view_certificationapplication", "tiers.view_certificationmark"),
    "tiers.view_certificationappeal",
)
JUDGE_MARKS = (
    *SEE_MARKS,
    "tiers.check_certificationapplication",
    "tiers.review_certificationapplication",
    "tiers.decide_certificationappeal",
    "tiers.propose_certificationmethod",
    "tiers.approve_certificationmethod",
)
RUN_MARKS = (
    *JUDGE_MARKS,
    "tiers.manage_certificationround",
    "tiers.end_certificationmark",
)
SEE_BOOKS = (
    "ledger.view_account",
    "ledger.view_journal",
    "ledger.view_entry",
    "ledger.view_closing",
)
SEE_SETTLEMENTS = (
    *("settlement.view_run", "settlement.view_statement", "settlement.view_statementrow"),
    *("settlement.view_trueup", "settlement.view_linedispute", "settlement.view_adjustment"),
)
PREPARE_SETTLEMENTS = (
    *(*SEE_SETTLEMENTS, "settlement.prepare_run", "settlement.prepare_adjustment"),
    "settlement.decide_linedispute",
)
APPROVE_SETTLEMENTS = (
    *(*SEE_SETTLEMENTS, "settlement.approve_run", "settlement.approve_adjustment"),
)
SEE_PAYOUTS = ("parties.view_payoutaccount", "parties.view_payoutchange")
SEE_BATCHES = (
    *("payouts.view_batch", "payouts.view_item", "payouts.view_debt"),
    *("payouts.view_enrolment", "payouts.view_trialtransfer"),
    "payouts.view_payoutrequest",
)
VIEW_FIGURES = (
    "activity.view_activityday",
    "activity.view_figures",
    "activity.view_distribution",
)
EVALUATE = (
    "evaluation.view_method",
    "evaluation.publish_method",
    "evaluation.view_snapshot",
    "evaluation.make_snapshot",
)
CONFIRM = ("parties.view_clientcase", "parties.check_clientcase")
SEE_RULES = ("policies.view_datedrule", "policies.view_feerate", "policies.view_feeproposal")
PROPOSE_RULES = (
    *(*SEE_RULES, "policies.propose_datedrule", "policies.propose_fee"),
    *("tiers.view_starruleset", "tiers.propose_starruleset"),
    *("growth.view_growthrules", "growth.propose_growthrules"),
)
APPROVE_RULES = (
    *(*SEE_RULES, "policies.approve_datedrule", "policies.approve_fee"),
    *("tiers.view_starruleset", "tiers.approve_starruleset"),
    *("growth.view_growthrules", "growth.approve_growthrules"),
)
FEED_FACTS = ("evaluation.view_fact", "evaluation.feed_fact")
SEE_CONDUCT = (
    "conduct.view_rule",
    "conduct.view_case",
    "conduct.view_report",
    "conduct.view_correctiveaction",
    "conduct.view_measure",
)
DECIDE_CONDUCT = (*SEE_CONDUCT, "conduct.decide_case")
EDIT_RULES = ("conduct.add_rule", "conduct.change_rule")
REFERENCE_TABLES = (
    *("core.holiday", "parties.category", "parties.categorymapping", "parties.servicetype"),
    *("parties.region", "parties.city", "parties.cityyear", "parties.belt", "parties.documentkind"),
    *("parties.documentrule", "parties.permitrule", "parties.accountterm", "policies.cartrule"),
    *("revenue.feed", "revenue.controltotal", "catalogue.prize"),
    *("payouts.payoutterm", "payouts.banktemplate", "rewards.couponkind"),
)
SEE_PRODUCTS = (
    *("catalogue.view_product", "catalogue.view_certificate", "catalogue.view_plan"),
    *("catalogue.view_productday", "catalogue.view_reputation", "catalogue.view_gate"),
    *("catalogue.view_board", "catalogue.view_boardplace", "catalogue.view_cartpermission"),
)
SEE_DEPOSITS = ("catalogue.view_depositmove",)
RUN_PRODUCTS = (
    *SEE_PRODUCTS,
    *("catalogue.import_products", "catalogue.set_gate", "catalogue.give_prize"),
    *(*SEE_DEPOSITS, "catalogue.end_cartpermission", "catalogue.propose_depositmove"),
)
BILLS = ("revenue.view_bill", "revenue.view_bankrow")
SEE_TAXES = (
    *("invoicing.view_taxtable", "invoicing.view_taxprofile", "invoicing.view_title"),
    *("invoicing.view_vouchertemplate", "invoicing.view_voucheraccount"),
    *("invoicing.view_invoicedue", "invoicing.view_invoice", "invoicing.view_agedbalance"),
)
KEEP_TAXES = (  # vouchers, and whom the programs know by which account
    *(*SEE_TAXES, "invoicing.export_vouchers", "invoicing.judge_invoice"),
    *("invoicing.add_title", "invoicing.change_title"),
    *("invoicing.change_vouchertemplate", "invoicing.add_vouchertemplate"),
    *("invoicing.change_voucheraccount", "invoicing.add_voucheraccount"),
)
SEE_DAYS = (
    *("reconciliation.view_day", "reconciliation.view_difference"),
    *("reconciliation.view_listing", "reconciliation.view_bankmatch"),
)
RECONCILE = (
    *SEE_DAYS,
    "reconciliation.count_day",
    "reconciliation.add_listing",
    "reconciliation.resolve_difference",
)
SEE_REWARDS = (
    *("rewards.view_programme", "rewards.view_task", "rewards.view_claim"),
    *("rewards.view_claimappeal", "rewards.view_coupon"),
)
SEE_POOLS = (
    *("rewards.view_programme", "rewards.view_pool", "rewards.view_poolentry"),
    "rewards.view_budgetchange",
)
CHECK_CLAIMS = (*SEE_REWARDS, "rewards.verify_claim", "rewards.revoke_claim")
RUN_REWARDS = (
    *(*CHECK_CLAIMS, *SEE_POOLS, "rewards.edit_task"),
    *("rewards.decide_claimappeal", "rewards.use_coupon", "rewards.propose_budgetchange"),
)
ORDERS = ("revenue.view_orderline", "revenue.import_orders")
EDIT_REFERENCE = tuple(
    table.replace(".", f".{verb}_")
    for table in REFERENCE_TABLES
    for verb in ("view", "add", "change")
)
GROUPS: dict[str, tuple[str, ...]] = {
    "reviewer": (*REVIEW, *MODERATE, *DECIDE_CONDUCT),
    "regional operator": (*REVIEW, *SEE_GOALS),
    "fair": ("parties.view_party", *RUN_FAIRS, *SEE_GOALS),
    "evaluation": (
        "parties.view_party",
        *SEE_GOALS,
        *CONFIRM,
        *VIEW_FIGURES,
        *FEED_FACTS,
        *EVALUATE,
        *RATE,
        *JUDGE_STARS,
        *SEE_GROWTH,
        "tiers.review_starapplication",
        *JUDGE_MARKS,
        *(*SEE_REWARDS, "rewards.decide_claimappeal"),
    ),
    "finance maker": (
        "parties.view_party",
        "cooperation.view_cooperation",
        "revenue.view_agreement",
        "revenue.view_signingpower",
        *PROPOSE_RULES,
        *SEE_FRAMEWORKS,
        *BILLS,
        "revenue.import_bankrow",
        *(*SEE_DEPOSITS, "catalogue.propose_depositmove"),
        *ORDERS,
        *SEE_PAYOUTS,
        *SEE_BATCHES,
        *("payouts.prepare_batch", "payouts.send_batch", "payouts.check_account"),
        *SEE_BOOKS,
        *(*KEEP_TAXES, "invoicing.propose_taxtable"),
        *PREPARE_SETTLEMENTS,
        *RECONCILE,
        *(*SEE_POOLS, *SEE_REWARDS, "rewards.propose_budgetchange"),
    ),
    "finance checker": (
        "parties.view_party",
        "cooperation.view_cooperation",
        "revenue.view_agreement",
        "revenue.view_signingpower",
        *APPROVE_RULES,
        *SEE_FRAMEWORKS,
        *BILLS,
        "revenue.match_bill",
        *(*SEE_DEPOSITS, "catalogue.approve_depositmove"),
        "parties.confirm_payout",
        *SEE_PAYOUTS,
        *(*SEE_BATCHES, "payouts.approve_batch"),
        *SEE_BOOKS,
        "ledger.close_period",
        "ledger.export_books",
        *(*SEE_TAXES, "invoicing.export_vouchers", "invoicing.judge_invoice"),
        *("invoicing.approve_taxtable", "invoicing.export_identities"),
        *APPROVE_SETTLEMENTS,
        *RECONCILE,
        *(*SEE_POOLS, *SEE_REWARDS, "rewards.approve_budgetchange"),
    ),
    "support": ("parties.view_party", *ANSWER_QUESTIONS),
    "risk": (
        *VIEW_TRADE,
        *SEE_PRODUCTS,
        *SUSPEND,
        *DECIDE_CONDUCT,
        *EDIT_RULES,
        *CHECK_CLAIMS,
        "core.view_auditentry",
    ),
    "auditor": (
        *VIEW_TRADE,
        *SEE_GOALS,
        *SEE_FAIRS,
        *SEE_PRODUCTS,
        *SEE_CONDUCT,
        *SEE_ADVICE,
        *SEE_TRAINING,
        "parties.view_suspension",
        "parties.view_partyappeal",
        "parties.view_claim",
        "parties.view_viewing",
        "parties.view_ownedaccount",
        "parties.view_shopopening",
        *SEE_PAYOUTS,
        *SEE_BATCHES,
        *SEE_BOOKS,
        "ledger.export_books",
        *SEE_TAXES,
        *SEE_SETTLEMENTS,
        *BILLS,
        *SEE_DAYS,
        *(*SEE_POOLS, *SEE_REWARDS),
        "parties.view_clientcase",
        "evaluation.view_appeal",
        "evaluation.view_plan",
        *SEE_STARS,
        *SEE_GROWTH,
        *SEE_FRAMEWORKS,
        *SEE_MARKS,
        "core.view_auditentry",
        "core.view_job",
        "core.view_outboxmessage",
        "notices.view_delivery",
        "webhooks.view_webhook",
        "webhooks.view_webhookdelivery",
        "core.view_storedfile",
        "core.view_importrun",
        "core.view_exportrun",
        *VIEW_FIGURES,
        "evaluation.view_fact",
        "evaluation.view_method",
        "evaluation.view_snapshot",
    ),
    "operator": (
        *VIEW_TRADE,
        *SEE_GOALS,
        *RUN_FAIRS,
        *RUN_PRODUCTS,
        *SUSPEND,
        *DECIDE_CONDUCT,
        *EDIT_RULES,
        *JUDGE,
        *CLAIMS,
        "parties.import_party",
        "parties.merge_party",
        *CONFIRM,
        "parties.decide_departure",
        "parties.reveal_contact",
        "parties.view_erasurerequest",
        "parties.review_party",
        "parties.view_document",
        "parties.view_ownedaccount",
        "parties.view_shopopening",
        "parties.view_realname",
        "parties.confirm_payout",
        *SEE_PAYOUTS,
        *RECRUIT,
        *RATE,
        *JUDGE_STARS,
        *SEE_GROWTH,
        *REVIEW_STARS,
        "tiers.manage_starwindow",
        *SEE_FRAMEWORKS,
        "tiers.manage_framework",
        *RUN_MARKS,
        "parties.view_user",
        "parties.unlock_user",
        "parties.view_as_person",
        "parties.view_viewing",
        "parties.view_invitation",
        "parties.view_ownershipoffer",
        "parties.view_apikey",
        "parties.revoke_apikey",
        "parties.view_keygrant",
        "core.view_auditentry",
        "core.view_job",
        "core.run_job",
        "core.view_outboxmessage",
        "notices.view_delivery",
        "notices.view_chatbot",
        "notices.end_chatbot",
        "notices.view_announcement",
        "notices.add_announcement",
        "notices.change_announcement",
        "webhooks.view_webhook",
        "webhooks.view_webhookdelivery",
        "webhooks.pause_webhook",
        "core.view_storedfile",
        "core.view_importrun",
        "core.view_exportrun",
        *ANSWER_QUESTIONS,
        *RUN_ADVICE,
        *RUN_TRAINING,
        *MODERATE,
        *BROKER,
        "moderation.view_word",
        "moderation.add_word",
        "moderation.change_word",
        "policies.view_version",
        *ORDERS,
        *PROPOSE_RULES,
        *APPROVE_RULES,
        "policies.publish_version",
        "needs.view_needtemplate",
        "cooperation.decide_dispute",
        "cooperation.view_agreementtemplate",
        "cooperation.add_agreementtemplate",
        "cooperation.change_agreementtemplate",
        "needs.add_needtemplate",
        "needs.change_needtemplate",
        *EDIT_REFERENCE,
        *VIEW_FIGURES,
        "activity.feed_activity",
        *EVALUATE,
        *FEED_FACTS,
        *RUN_REWARDS,
    ),
}


def load_staff_groups() -> int:
    """Make the missing groups and give each its permissions. Returns how many there are."""
    permissions = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([permissions[codename] for codename in wanted])
    return len(GROUPS)


def can_grant_staff(actor: Actor) -> Verdict:
    """Nobody gives themselves rights: only a superuser or the system does."""
    if actor.role == SYSTEM or (actor.user is not None and actor.user.is_superuser):
        return ALLOWED
    return forbidden(_("Only an administrator may change staff rights."))


@transaction.atomic
def grant_staff(
    actor: Actor,
    *,
    person: User,
    groups: Sequence[Group],
    regions: Sequence[str] = (),
    until: datetime | None = None,
) -> User:
    """Put a person in exactly these groups, narrowed to regions and until a moment."""
    can_grant_staff(actor).require()
    before = staff_of(person)
    person.is_staff = bool(groups) or person.is_superuser
    person.save(update_fields=["is_staff"])
    person.groups.set(groups)
    StaffScope.objects.update_or_create(
        user=person, defaults={"regions": list(regions), "until": until}
    )
    audit.record(
        actor,
        "grant_staff",
        person,
        before={"groups": [g.name for g in before["groups"]]},
        after={
            "groups": [g.name for g in groups],
            "regions": list(regions),
            "until": until.isoformat() if until else None,
        },
    )
    return person


def staff_of(person: User) -> dict[str, Any]:
    """The groups, regions and end of a person's staff rights."""
    scope = StaffScope.objects.filter(user=person).first()
    return {
        "groups": list(person.groups.all()),
        "regions": scope.regions if scope else [],
        "until": scope.until if scope else None,
    }
