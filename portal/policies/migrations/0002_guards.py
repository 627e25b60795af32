"""What the database itself refuses, whoever asks."""

from django.conf import settings
from django.db import migrations

from portal.core.database import Guard, append_only, changes_only


def let_look_again(schema_editor):
    """Of a rate that was announced, only the day somebody last looked may change."""
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(f"GRANT UPDATE (checked_on) ON policies_feerate TO {role}")


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_base")]

    operations = [
        append_only("policies_version", "policies_consent", "policies_withdrawal"),
        append_only("policies_feerate"),
        Guard(let_look_again),
        changes_only(
            "policies_datedrule",
            *("status", "decided_by_id", "decided_at", "announced_on", "checked_on"),
        ),
    ]
