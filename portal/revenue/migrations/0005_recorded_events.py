import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("revenue", "0004_seal_codes")]
    operations = [
        migrations.AddIndex(
            model_name="orderevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["recorded_at"], name="order_event_by_recording"
            ),
        ),
    ]
