"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, forgettable


class Migration(migrations.Migration):
    replaces = [("conduct", "0001_cases")]
    dependencies = [("conduct", "0001_base")]

    operations = [
        append_only("conduct_decision", "conduct_actionstep"),
        forgettable("conduct_actionstep", "text"),
    ]
