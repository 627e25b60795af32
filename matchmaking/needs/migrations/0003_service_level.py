"""What a package answers for, and whether a bidder had the merchant's phone when it handed in."""

from django.db import migrations, models

from portal.core.database import Together

# What stands by now, as it was told until today.
PHONES = """
UPDATE needs_proposal p SET shares_phone = true
FROM needs_need n, parties_party m, parties_party b
WHERE n.id = p.need_id AND m.id = n.merchant_id AND b.id = p.provider_id
  AND p.submitted_at IS NOT NULL AND m.contact_phone <> ''
  AND m.contact_phone = b.contact_phone
  AND greatest(m.updated_at, b.updated_at) <= p.submitted_at
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0002_guards")]

    operations = [
        Together([
            migrations.AddField(
                model_name="proposal",
                name="service_level",
                field=models.TextField(blank=True, max_length=1000, verbose_name="service level"),
            ),
            migrations.AddField(
                model_name="proposal",
                name="shares_phone",
                field=models.BooleanField(default=False, verbose_name="had the merchant's phone"),
            ),
            migrations.AddField(
                model_name="serviceoffer",
                name="service_level",
                field=models.TextField(blank=True, max_length=1000, verbose_name="service level"),
            ),
        ]),
        migrations.RunSQL(PHONES, migrations.RunSQL.noop),
    ]
