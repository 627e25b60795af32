"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_base")]
    operations = [
        append_only("invoicing_taxprofile", "invoicing_invoiceline"),
        changes_only(
            "invoicing_taxtable", "status", "decided_by_id", "decided_at", "checked_on"
        ),
        changes_only("invoicing_invoice", "status", "decided_by_id", "decided_at", "note"),
        changes_only(
            "invoicing_invoicedue",
            *("red_fen", "matched_fen", "reversed_fen", "status", "told_late_at"),
            *("issuer_id", "recipient_id"),
        ),
    ]
