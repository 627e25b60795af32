"""The audit is written once; the cache lives in a table of its own."""

from django.core.management import call_command
from django.db import migrations

from portal.core.database import append_only


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    replaces = [
        ("core", "0002_initial"),
        ("core", "0003_append_only_audit_and_cache"),
        ("core", "0004_files"),
        ("core", "0005_imports"),
        ("core", "0006_exports"),
        ("core", "0007_holidays"),
        ("core", "0008_tables"),
        ("core", "0009_subject_keys"),
        ("core", "0010_key_party"),
        ("core", "0011_daily_uploads"),
    ]
    dependencies = [("core", "0003_base")]
    operations = [
        append_only("core_auditentry"),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
