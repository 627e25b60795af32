"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_base")]

    operations = [
        append_only("catalogue_reputation", "catalogue_certificatereminder"),
        append_only("catalogue_board", "catalogue_boardplace", "catalogue_prizegiven"),
        changes_only("catalogue_plan", "period", "ended_at"),
        changes_only("catalogue_plancreator", "period", "creator_id"),
        changes_only("catalogue_gate", "ends_on"),
        changes_only("catalogue_cartpermission", "ended_at", "ended_why", "ended_by_id"),
        changes_only("catalogue_depositmove", "status", "decided_by_id", "decided_at", "decision"),
    ]
