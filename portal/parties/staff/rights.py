"""What the platform's people may do, in bundles of permissions."""

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
