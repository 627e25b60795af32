"""What the clock does, and when. Hours are in UTC."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "dispatch-outbox": {"task": "portal.core.tasks.dispatch_outbox", "schedule": 5.0},
    "sweep-jobs": {"task": "portal.core.tasks.sweep_jobs", "schedule": 10.0},
    "bring-methods-into-force": {
        "task": "portal.evaluation.tasks.bring_methods_into_force",
        "schedule": 300.0,
    },
    "start-due-snapshots": {
        "task": "portal.evaluation.tasks.start_due_snapshots",
        "schedule": crontab(hour="17-23", minute=30),  # in the small hours in Shanghai
    },
    "expire-posts": {"task": "matchmaking.recruiting.tasks.expire_posts", "schedule": 600.0},
    "sweep-applications": {
        "task": "matchmaking.recruiting.tasks.sweep_applications",
        "schedule": 600.0,
    },
    "tell-suggestions": {
        "task": "matchmaking.recruiting.tasks.tell_suggestions",
        "schedule": crontab(hour=0, minute=5),  # five past eight in Shanghai
    },
    "expire-needs": {"task": "matchmaking.needs.tasks.expire_needs", "schedule": 600.0},
    "sweep-talks": {"task": "matchmaking.needs.tasks.sweep_talks", "schedule": 60.0},
    "refresh-paces": {
        "task": "matchmaking.needs.tasks.refresh_paces",
        "schedule": crontab(hour=16, minute=10),  # ten past midnight in Shanghai
    },
    "refresh-results": {
        "task": "matchmaking.needs.tasks.refresh_results",
        "schedule": crontab(hour=20, minute=10),  # after the facts of orders
    },
    "prune-need-drafts": {
        "task": "matchmaking.needs.tasks.prune_drafts",
        "schedule": 86400.0,
    },
    "prune-post-drafts": {
        "task": "matchmaking.recruiting.tasks.prune_post_drafts",
        "schedule": 86400.0,
    },
    "expire-invitations": {
        "task": "portal.parties.tasks.expire_invitations",
        "schedule": 600.0,
    },
    "tell-newcomers": {
        "task": "portal.directory.tasks.tell_newcomers",
        "schedule": crontab(hour=1, minute=0),  # nine in the morning in Shanghai
    },
    "refresh-directory": {
        "task": "portal.parties.tasks.refresh_directory",
        "schedule": crontab(hour=16, minute=20),  # after midnight in Shanghai
    },
    "forget-directory-past": {
        "task": "portal.directory.tasks.forget_directory_past",
        "schedule": 3600.0,
    },
    "sweep-roster": {"task": "portal.parties.tasks.sweep_roster", "schedule": 600.0},
    "sweep-sessions": {"task": "training.courses.tasks.sweep_sessions", "schedule": 60.0},
    "settle-enrolments": {
        "task": "training.learning.tasks.settle_enrolments",
        "schedule": 300.0,
    },
    "sweep-certificates": {
        "task": "training.certificates.tasks.sweep_certificates",
        "schedule": 3600.0,
    },
    "record-learning-facts": {
        "task": "training.learning.tasks.record_facts",
        "schedule": 1800.0,
    },
    "record-learning-hours": {
        "task": "training.learning.tasks.record_hours",
        "schedule": crontab(hour=17, minute=40),  # after midnight in Shanghai
    },
    "remind-learners": {"task": "training.learning.tasks.remind_learners", "schedule": 300.0},
    "record-work-facts": {
        "task": "training.assessment.tasks.record_facts",
        "schedule": 1800.0,
    },
    "sweep-assessment": {
        "task": "training.assessment.tasks.sweep_assessment",
        "schedule": 60.0,
    },
    "remind-bookings": {"task": "training.advice.tasks.remind_bookings", "schedule": 600.0},
    "end-tickets": {"task": "portal.help.tasks.end_tickets", "schedule": 3600.0},
    "expire-agreement-versions": {
        "task": "portal.revenue.tasks.expire_versions",
        "schedule": 600.0,
    },
    "sweep-invoices": {
        "task": "portal.invoicing.tasks.sweep_invoices",
        "schedule": 3600.0,
    },
    "sweep-trial-transfers": {
        "task": "portal.payouts.tasks.sweep_trials",
        "schedule": 3600.0,
    },
    "sweep-bills": {"task": "portal.revenue.tasks.sweep_bills", "schedule": 3600.0},
    "agree-silent-statements": {
        "task": "portal.settlement.tasks.agree_silent",
        "schedule": 3600.0,
    },
    "sweep-conduct": {"task": "portal.conduct.tasks.sweep_conduct", "schedule": 900.0},
    "sweep-personal": {"task": "portal.parties.tasks.sweep_personal", "schedule": 900.0},
    "forget-kept-names": {
        "task": "portal.parties.tasks.forget_kept_names",
        "schedule": crontab(hour=18, minute=15),
    },
    "prune-codes": {"task": "portal.parties.tasks.prune_codes", "schedule": 3600.0},
    "expire-documents": {"task": "portal.parties.tasks.expire_documents", "schedule": 900.0},
    "lift-due-suspensions": {
        "task": "portal.parties.tasks.lift_due_suspensions",
        "schedule": 300.0,
    },
    "send-digests": {
        "task": "portal.notices.tasks.send_digests",
        "schedule": crontab(hour="1-6", minute=0),  # nine in Shanghai, and again if beat was away
    },
    "prune-deliveries": {
        "task": "portal.notices.tasks.prune_deliveries",
        "schedule": 86400.0,
    },
    "send-webhooks": {
        "task": "portal.webhooks.tasks.send_webhooks",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "prune-webhook-events": {
        "task": "portal.webhooks.tasks.prune_events",
        "schedule": 86400.0,
    },
    "close-due-rounds": {
        "task": "portal.recruitment.tasks.close_due_rounds",
        "schedule": 600.0,
    },
    "remind-of-appeals": {
        "task": "portal.evaluation.tasks.remind_of_appeals",
        "schedule": 3600.0,
    },
    "sweep-plan-items": {
        "task": "portal.evaluation.tasks.sweep_plan_items",
        "schedule": 3600.0,
    },
    "expire-accounts": {"task": "portal.parties.tasks.expire_accounts", "schedule": 900.0},
    "begin-product-day": {
        "task": "matchmaking.catalogue.tasks.begin_day",
        "schedule": crontab(hour="16-20", minute=5),  # after midnight in Shanghai
    },
    "remind-of-certificates": {
        "task": "matchmaking.catalogue.tasks.remind_of_certificates",
        "schedule": 3600.0,
    },
    "make-boards": {
        "task": "matchmaking.catalogue.tasks.make_boards",
        "schedule": crontab(hour="20-23", minute=40),  # in the small hours in Shanghai
    },
    "count-reconciled-days": {
        "task": "portal.reconciliation.tasks.count_days",
        "schedule": crontab(hour=19, minute=30),  # after the night's feeds and facts
    },
    "close-found-statements": {
        "task": "portal.reconciliation.tasks.close_statements",
        "schedule": crontab(hour="20-22", minute=5),  # after the count
    },
    "sweep-cooperations": {
        "task": "matchmaking.cooperation.tasks.sweep_cooperations",
        "schedule": 600.0,
    },
    "sweep-fairs": {"task": "matchmaking.fairs.tasks.sweep_fairs", "schedule": 60.0},
    "follow-up-fairs": {"task": "matchmaking.fairs.tasks.follow_up_fairs", "schedule": 3600.0},
    "record-fair-facts": {"task": "matchmaking.fairs.tasks.record_facts", "schedule": 1800.0},
    "sweep-seats": {"task": "portal.seats.tasks.sweep_seats", "schedule": 15.0},
    "bill-fees": {"task": "matchmaking.cooperation.tasks.bill_fees", "schedule": 3600.0},
    "sweep-samples": {"task": "matchmaking.samples.tasks.sweep_samples", "schedule": 600.0},
    "record-sample-facts": {
        "task": "matchmaking.samples.tasks.record_facts",
        "schedule": 1800.0,
    },
    "sweep-content": {"task": "matchmaking.content.tasks.sweep_content", "schedule": 600.0},
    "remind-of-obligations": {
        "task": "matchmaking.cooperation.tasks.remind_of_obligations",
        "schedule": crontab(hour="1-4", minute=30),  # in the morning in Shanghai
    },
    "record-need-facts": {"task": "matchmaking.needs.tasks.record_facts", "schedule": 1800.0},
    "record-cooperation-facts": {
        "task": "matchmaking.cooperation.tasks.record_facts",
        "schedule": 1800.0,
    },
    "record-roster-facts": {
        "task": "portal.evaluation.tasks.record_roster_facts",
        "schedule": crontab(hour=17, minute=20),  # after midnight in Shanghai
    },
    "remind-of-expiry": {"task": "portal.parties.tasks.remind_of_expiry", "schedule": 3600.0},
    "remind-of-proofs": {"task": "portal.parties.tasks.remind_of_proofs", "schedule": 3600.0},
    "refresh-stars": {
        "task": "portal.tiers.tasks.refresh_stars",
        "schedule": crontab(hour=20, minute=25),  # after the facts of orders
    },
    "count-frameworks": {
        "task": "portal.tiers.tasks.count_frameworks",
        "schedule": crontab(hour=20, minute=50),
    },
    "live-frameworks": {"task": "portal.tiers.tasks.live_frameworks", "schedule": 900.0},
    "lapse-certifications": {
        "task": "portal.tiers.tasks.lapse_certifications",
        "schedule": 3600.0,
    },
    "expire-certifications": {
        "task": "portal.tiers.tasks.expire_certifications",
        "schedule": crontab(hour="16-20", minute=10),  # after midnight in Shanghai
    },
    "record-task-steps": {"task": "portal.rewards.tasks.record_steps", "schedule": 1800.0},
    "refresh-task-remedies": {
        "task": "portal.rewards.tasks.refresh_remedies",
        "schedule": 900.0,
    },
    "expire-task-claims": {"task": "portal.rewards.tasks.expire_claims", "schedule": 300.0},
    "expire-coupons": {"task": "portal.rewards.tasks.expire_coupons", "schedule": 900.0},
    "record-task-facts": {"task": "portal.rewards.tasks.record_facts", "schedule": 1800.0},
    "verify-rewards": {
        "task": "portal.rewards.tasks.verify_rewards",
        "schedule": crontab(hour=21, minute=35),
    },
    "pay-rewards": {
        "task": "portal.rewards.tasks.pay_rewards",
        "schedule": crontab(hour=21, minute=5),  # after the night's countings
    },
    "move-checkpoints": {"task": "portal.ledger.tasks.move_checkpoints", "schedule": 60.0},
    "mark-orders": {
        "task": "portal.revenue.tasks.mark_orders",
        "schedule": crontab(hour=19, minute=25),
    },
    "record-order-facts": {
        "task": "portal.revenue.tasks.record_order_facts",
        "schedule": crontab(hour=19, minute=40),  # after the signs
    },
    "count-turnovers": {
        "task": "portal.revenue.tasks.count_turnovers",
        "schedule": crontab(hour=19, minute=30),  # the homes' year
    },
    "count-ageing": {
        "task": "portal.invoicing.tasks.count_ageing",
        "schedule": crontab(hour=20, minute=40),  # once the day is over
    },
    "count-levels": {
        "task": "portal.growth.tasks.count_levels",
        "schedule": crontab(hour=20, minute=15),  # after the turnovers
    },
    "count-goals": {
        "task": "portal.goals.tasks.count_goals",
        "schedule": crontab(hour=20, minute=10),  # after the turnovers
    },
    "record-statement-facts": {
        "task": "portal.settlement.tasks.record_statement_facts",
        "schedule": crontab(hour=20, minute=20),
    },
    "record-cold-starts": {
        "task": "portal.revenue.tasks.record_cold_starts",
        "schedule": crontab(hour=19, minute=45),
    },
    "record-bill-facts": {
        "task": "portal.revenue.tasks.record_bill_facts",
        "schedule": crontab(hour=19, minute=50),
    },
    "record-content-facts": {
        "task": "matchmaking.content.tasks.record_facts",
        "schedule": 1800.0,
    },
    "verify-ledger": {
        "task": "portal.ledger.tasks.verify_ledger",
        "schedule": crontab(hour=19, minute=10),  # ten past three in Shanghai
    },
    "verify-payouts": {
        "task": "portal.payouts.tasks.verify_payouts",
        "schedule": crontab(hour=19, minute=12),
    },
    "verify-statements": {
        "task": "portal.settlement.tasks.verify_statements",
        "schedule": crontab(hour=19, minute=14),
    },
    "index-names": {"task": "portal.search.tasks.index_names", "schedule": 900.0},
    "prune": {"task": "portal.core.tasks.prune", "schedule": 3600.0},
    "prune-imports": {"task": "portal.core.tasks.prune_imports", "schedule": 86400.0},
    "prune-exports": {"task": "portal.core.tasks.prune_exports", "schedule": 600.0},
    "prune-files": {"task": "portal.core.tasks.prune_files", "schedule": 3600.0},
    "prune-offer-changes": {
        "task": "portal.parties.tasks.prune_offer_changes",
        "schedule": 3600.0,
    },
}
