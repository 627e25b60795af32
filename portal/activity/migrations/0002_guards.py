"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only

# A check may call no subquery but through a function; this one reads nothing but its argument.
ADDS_UP = """
CREATE FUNCTION activity_sum_of_parts(parts jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT coalesce(sum(value::bigint), 0)::bigint FROM pg_catalog.jsonb_each_text(parts) $$;
ALTER TABLE activity_distribution ADD CONSTRAINT distribution_adds_up
    CHECK (activity_sum_of_parts(parts) = 10000);
"""
UNDONE = """
ALTER TABLE activity_distribution DROP CONSTRAINT distribution_adds_up;
DROP FUNCTION activity_sum_of_parts(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_base"), ("core", "0001_roles")]

    operations = [
        migrations.RunSQL(ADDS_UP, UNDONE),
        append_only("activity_activityday", "activity_figures", "activity_distribution"),
    ]
