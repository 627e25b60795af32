"""What the database itself refuses, whoever asks: history that changes."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_base")]

    operations = [
        append_only("rewards_poolentry", "rewards_couponuse", "rewards_claimsign"),
        # Two parties that become one count together.
        changes_only("rewards_steprecord", "party_id"),
        changes_only("rewards_revocation", "party_id", "lifted_at"),
        changes_only(
            "rewards_budgetchange", *("status", "decided_at", "decided_by_id", "decision")
        ),
    ]
