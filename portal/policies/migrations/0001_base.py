import datetime
import django.db.models.deletion
import django.db.models.expressions
import portal.core.database
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("policies", "0001_documents"), ("policies", "0002_cart_rules")]

    initial = True

    dependencies = [
        ("parties", "0002_base"),
    ]

    operations = [
        portal.core.database.Together(
            operations=[
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("terms", "User agreement"),
                                    ("privacy", "Privacy policy"),
                                    ("identity", "Separate consent for identity and bank data"),
                                    ("merchant", "Rules for merchants"),
                                    ("provider", "Rules for service providers"),
                                    ("agency", "Rules for MCN agencies"),
                                    ("creator", "Rules for creators"),
                                    ("guardian", "Consent of a minor's guardian"),
                                ],
                                max_length=10,
                                verbose_name="document",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("text_zh", models.TextField(verbose_name="Chinese text")),
                        ("text_en", models.TextField(verbose_name="English text")),
                        (
                            "changes_zh",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is new, in Chinese"
                            ),
                        ),
                        (
                            "changes_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is new, in English"
                            ),
                        ),
                        ("announced_at", models.DateTimeField(verbose_name="announced at")),
                        ("effective_from", models.DateTimeField(verbose_name="in force from")),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a document",
                        "verbose_name_plural": "versions of documents",
                        "permissions": [("publish_version", "Can write and publish documents")],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "number"), name="version_once"),
                            models.UniqueConstraint(
                                fields=("kind", "effective_from"), name="version_one_a_moment"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("effective_from__gte", models.F("announced_at")),
                                        ("number", 1),
                                    ),
                                    models.Q(
                                        (
                                            "effective_from__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("announced_at"),
                                                "+",
                                                models.Value(datetime.timedelta(days=7)),
                                            ),
                                        ),
                                        ("number__gt", 1),
                                    ),
                                    _connector="OR",
                                ),
                                name="version_first_or_announced",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1),
                                    models.Q(
                                        models.Q(("changes_zh", ""), _negated=True),
                                        models.Q(("changes_en", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="version_says_what_is_new",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("terms", "User agreement"),
                                    ("privacy", "Privacy policy"),
                                    ("identity", "Separate consent for identity and bank data"),
                                    ("merchant", "Rules for merchants"),
                                    ("provider", "Rules for service providers"),
                                    ("agency", "Rules for MCN agencies"),
                                    ("creator", "Rules for creators"),
                                    ("guardian", "Consent of a minor's guardian"),
                                ],
                                max_length=10,
                                primary_key=True,
                                serialize=False,
                                verbose_name="document",
                            ),
                        ),
                        ("text_zh", models.TextField(verbose_name="Chinese text")),
                        ("text_en", models.TextField(verbose_name="English text")),
                        (
                            "changes_zh",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is new, in Chinese"
                            ),
                        ),
                        (
                            "changes_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is new, in English"
                            ),
                        ),
                        ("updated_at", models.DateTimeField(verbose_name="updated at")),
                    ],
                    options={
                        "verbose_name": "draft of a document",
                        "verbose_name_plural": "drafts of documents",
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="policies.version",
                                verbose_name="version of a document",
                            ),
                        ),
                        ("turn", models.PositiveSmallIntegerField(default=1)),
                        ("given_at", models.DateTimeField(verbose_name="given at")),
                        ("via", models.CharField(max_length=16, verbose_name="via")),
                        (
                            "ip_prefix",
                            models.CharField(blank=True, max_length=43, verbose_name="network"),
                        ),
                    ],
                    options={
                        "verbose_name": "consent",
                        "verbose_name_plural": "consents",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "version", "turn"), name="consent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        (
                            "consent",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="withdrawal",
                                serialize=False,
                                to="policies.consent",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="withdrawn at")),
                        ("via", models.CharField(max_length=16, verbose_name="via")),
                        (
                            "ip_prefix",
                            models.CharField(blank=True, max_length=43, verbose_name="network"),
                        ),
                    ],
                    options={
                        "verbose_name": "withdrawal",
                        "verbose_name_plural": "withdrawals",
                    },
                ),
                migrations.CreateModel(
                    name="CartRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_on", models.DateField(unique=True, verbose_name="from")),
                        (
                            "least_videos",
                            models.PositiveIntegerField(default=0, verbose_name="videos at least"),
                        ),
                        (
                            "least_followers",
                            models.PositiveIntegerField(
                                default=0, verbose_name="followers at least"
                            ),
                        ),
                        (
                            "needs_real_name",
                            models.BooleanField(default=True, verbose_name="real name verified"),
                        ),
                        (
                            "deposit_fen",
                            models.BigIntegerField(default=0, verbose_name="deposit (fen)"),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        ("checked_on", models.DateField(verbose_name="last looked at")),
                    ],
                    options={
                        "verbose_name": "rule for sharing goods",
                        "verbose_name_plural": "rules for sharing goods",
                        "ordering": ["-starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("deposit_fen__gte", 0)),
                                name="cart_rule_deposit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="cart_rule_has_source",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
