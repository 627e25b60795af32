"""What the database itself refuses, whoever asks: a statement's amounts stay as they were
calculated, and rows are only added."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_base")]

    operations = [
        append_only("settlement_statementrow", "settlement_trueup", "settlement_disputedline"),
        changes_only(
            "settlement_run",
            *("status", "until_party", "stopped_at", "calculated_at", "sent_at", "due_at"),
            *("approved_at", "approved_by_id"),
        ),
        changes_only(
            "settlement_statement",
            *("status", "sent_at", "due_at", "agreed_at", "agreed_by_id", "was_disputed"),
            *("approved_at", "approved_by_id", "released", "carried_out"),
            *("paid_fen", "paid_at", "failure"),
        ),
        changes_only(
            "settlement_linedispute",
            *("status", "decided_at", "decided_by_id", "decision", "returned_bp"),
        ),
        changes_only(
            "settlement_adjustment",
            *("status", "decided_at", "decided_by_id", "decision", "journal_id"),
        ),
    ]
