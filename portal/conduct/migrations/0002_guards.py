"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, forgettable


class Migration(migrations.Migration):
    dependencies = [("conduct", "0001_base")]

    operations = [
        append_only("conduct_decision", "conduct_actionstep"),
        forgettable("conduct_actionstep", "text"),
    ]
