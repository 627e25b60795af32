"""Past results by category, free days of creators, and followers wanted of an agency's creators."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0004_proposal_drafts"),
        ("parties", "0003_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
            ],
            options={"verbose_name": "run of results", "verbose_name_plural": "runs of results"},
        ),
        Together(
            [
                migrations.CreateModel(
                    name="CategoryResult",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("fen", models.BigIntegerField(verbose_name="settled net GMV")),
                        ("merchants", models.PositiveIntegerField(verbose_name="merchants")),
                        ("value", models.FloatField(verbose_name="value")),
                        (
                            "category",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="needs.resultrun",
                                verbose_name="run of results",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "result in a category",
                        "verbose_name_plural": "results in categories",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "category", "party"),
                                include=("value",),
                                name="category_result_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fen__gt", 0),
                                    ("merchants__gte", 1),
                                    ("value__gte", 0),
                                    ("value__lte", 1),
                                ),
                                name="category_result_sound",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FreeTime",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="free days"
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="free_times",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "free days",
                        "verbose_name_plural": "free days",
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                name="free_times_apart",
                                expressions=[
                                    (models.F("party"), "="),
                                    (models.F("period"), "&&"),
                                ],
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False),
                                    ("period__lower_inf", False),
                                    ("period__upper_inf", False),
                                ),
                                name="free_time_has_both_ends",
                            ),
                        ],
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="need", name="need_asks_of_creators_alone"
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("seeks", "creator"),
                            models.Q(
                                ("gives_samples", False),
                                ("goods_high_fen", None),
                                ("goods_low_fen", None),
                                ("lives_wanted", None),
                                ("shopping_least", None),
                                ("videos_wanted", None),
                            ),
                            _connector="OR",
                        ),
                        name="need_asks_of_creators_alone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("followers_least", None),
                            ("seeks__in", ["creator", "agency"]),
                            _connector="OR",
                        ),
                        name="need_followers_of_creators",
                    ),
                ),
            ]
        ),
    ]
