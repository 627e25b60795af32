"""Regions are rows of their own, to be edited; cities and belts go on naming them by their code."""

import csv
from pathlib import Path

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

KNOWN = Path(__file__).parent.parent / "reference" / "regions.csv"
# Only where there are cities already: an empty database has its regions loaded with them.
ADD = """
INSERT INTO parties_region (code, name_zh, name_en, position)
SELECT %s, %s, %s, %s WHERE EXISTS (SELECT FROM parties_city)
"""


def rows():
    with KNOWN.open(encoding="utf-8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file)):
            yield ADD, [row["code"], row["name_zh"], row["name_en"], position]


def region():
    return models.ForeignKey(
        db_column="region",
        on_delete=django.db.models.deletion.PROTECT,
        to="parties.region",
        to_field="code",
        verbose_name="region",
    )


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_guards")]

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.RunSQL(list(rows()), migrations.RunSQL.noop),
        migrations.AlterField("city", "region", region()),
        migrations.AlterField("belt", "region", region()),
        migrations.AlterField(
            "staffscope",
            "regions",
            ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                size=None,
                verbose_name="regions",
            ),
        ),
    ]
