"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only


class Migration(migrations.Migration):
    replaces = [("policies", "0001_documents"), ("policies", "0002_cart_rules")]
    dependencies = [("policies", "0001_base")]

    operations = [
        append_only("policies_version", "policies_consent", "policies_withdrawal"),
    ]
