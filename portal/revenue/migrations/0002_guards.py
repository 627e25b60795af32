"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("revenue", "0001_base")]
    operations = [
        append_only("revenue_acceptance", "revenue_orderevent", "revenue_terms"),
        append_only("revenue_bankrow", "revenue_billstep", "revenue_versionseal"),
        changes_only("revenue_agreement", "payer_id", "payee_id"),
        changes_only(
            "revenue_agreementversion", "status", "answered_at", "in_force", "seal_due_at"
        ),
        changes_only(
            "revenue_bill",
            *("status", "paid_on", "ended_at", "bank_row_id", "reached_fen", "measured_at"),
            *("payer_id", "payee_id"),
        ),
    ]
