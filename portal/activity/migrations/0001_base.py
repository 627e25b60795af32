import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ActivityDay",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="day")),
                        ("followers", models.BigIntegerField(verbose_name="followers")),
                        (
                            "shopping_followers",
                            models.BigIntegerField(null=True, verbose_name="shopping followers"),
                        ),
                        ("videos", models.SmallIntegerField(verbose_name="videos")),
                        ("lives", models.SmallIntegerField(verbose_name="live sessions")),
                        ("has_sold", models.BooleanField(verbose_name="sold something")),
                        (
                            "source",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "Estimated"),
                                    (2, "Reported by the party"),
                                    (3, "File of an operator"),
                                    (4, "Platform interface"),
                                ],
                                verbose_name="source",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "day of the feed",
                        "verbose_name_plural": "days of the feed",
                        "permissions": [("feed_activity", "Can bring in figures of any party")],
                        "indexes": [
                            models.Index(
                                fields=["party", "day", "-source", "-id"],
                                name="activity_best_first",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("followers__range", (0, 2000000000)),
                                    ("lives__range", (0, 100)),
                                    ("videos__range", (0, 1000)),
                                ),
                                name="activity_counts_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("shopping_followers__isnull", True),
                                    models.Q(
                                        ("shopping_followers__gte", 0),
                                        ("shopping_followers__lte", models.F("followers")),
                                    ),
                                    _connector="OR",
                                ),
                                name="activity_shopping_within_followers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", [1, 2, 3, 4])),
                                name="activity_source_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Distribution",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("gender", "Audience by gender"),
                                    ("age", "Audience by age"),
                                    ("city_tier", "Audience by city tier"),
                                    ("category", "Sales by category"),
                                    ("price", "Sales by price"),
                                ],
                                max_length=9,
                                verbose_name="of what",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="as of")),
                        ("parts", models.JSONField(verbose_name="parts (basis points)")),
                        (
                            "source",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "Estimated"),
                                    (2, "Reported by the party"),
                                    (3, "File of an operator"),
                                    (4, "Platform interface"),
                                ],
                                verbose_name="source",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "distribution of a creator",
                        "verbose_name_plural": "distributions of creators",
                        "indexes": [
                            models.Index(
                                fields=["party", "kind", "-source", "-day", "-id"],
                                name="distribution_best_first",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source__in", [1, 2, 3, 4])),
                                name="distribution_source_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figures",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="as of")),
                        ("videos", models.IntegerField(null=True, verbose_name="videos in all")),
                        (
                            "average_views",
                            models.BigIntegerField(
                                null=True, verbose_name="average views of a video"
                            ),
                        ),
                        (
                            "average_viewers",
                            models.BigIntegerField(
                                null=True, verbose_name="average viewers of a live room"
                            ),
                        ),
                        (
                            "live_minutes",
                            models.IntegerField(null=True, verbose_name="minutes live in 30 days"),
                        ),
                        ("gpm_fen", models.BigIntegerField(null=True, verbose_name="GPM")),
                        (
                            "average_price_fen",
                            models.BigIntegerField(null=True, verbose_name="average price"),
                        ),
                        (
                            "commission_bp",
                            models.IntegerField(null=True, verbose_name="average commission"),
                        ),
                        (
                            "promised",
                            models.IntegerField(null=True, verbose_name="agreed in 90 days"),
                        ),
                        ("kept", models.IntegerField(null=True, verbose_name="delivered in time")),
                        (
                            "deposit_fen",
                            models.BigIntegerField(null=True, verbose_name="deposit paid"),
                        ),
                        (
                            "source",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "Estimated"),
                                    (2, "Reported by the party"),
                                    (3, "File of an operator"),
                                    (4, "Platform interface"),
                                ],
                                verbose_name="source",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figures of a creator",
                        "verbose_name_plural": "figures of creators",
                        "indexes": [
                            models.Index(
                                fields=["party", "-source", "-day", "-id"],
                                name="figures_best_first",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("videos__isnull", True),
                                        ("videos__range", (0, 1000000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("average_views__isnull", True),
                                        ("average_views__range", (0, 2000000000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("average_viewers__isnull", True),
                                        ("average_viewers__range", (0, 100000000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("live_minutes__isnull", True),
                                        ("live_minutes__range", (0, 43200)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("gpm_fen__isnull", True),
                                        ("gpm_fen__range", (0, 1000000000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("average_price_fen__isnull", True),
                                        ("average_price_fen__range", (0, 100000000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("commission_bp__isnull", True),
                                        ("commission_bp__range", (0, 10000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("promised__isnull", True),
                                        ("promised__range", (0, 100000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("kept__isnull", True),
                                        ("kept__range", (0, 100000)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("deposit_fen__isnull", True),
                                        ("deposit_fen__range", (0, 1000000000)),
                                        _connector="OR",
                                    ),
                                ),
                                name="figures_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("videos__isnull", True)),
                                    models.Q(("average_views__isnull", True)),
                                    models.Q(("average_viewers__isnull", True)),
                                    models.Q(("live_minutes__isnull", True)),
                                    models.Q(("gpm_fen__isnull", True)),
                                    models.Q(("average_price_fen__isnull", True)),
                                    models.Q(("commission_bp__isnull", True)),
                                    models.Q(("promised__isnull", True)),
                                    models.Q(("kept__isnull", True)),
                                    models.Q(("deposit_fen__isnull", True)),
                                    _negated=True,
                                ),
                                name="figures_say_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kept__isnull", True),
                                    ("kept__lte", models.F("promised")),
                                    _connector="OR",
                                ),
                                name="figures_kept_of_promised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", [1, 2, 3, 4])),
                                name="figures_source_known",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
