"""What is written once stays: debts, files that were sent, who took them, and what was paid."""

from django.db import migrations

from portal.core.database import append_only, changes_only

CHANGING = ("status", "paid_fen", "reference", "reason", "ended_at", "given_up_at")


class Migration(migrations.Migration):
    dependencies = [("payouts", "0001_base")]

    operations = [
        append_only("payouts_debt", "payouts_batchfile", "payouts_filetaking"),
        changes_only("payouts_item", *CHANGING),
    ]
