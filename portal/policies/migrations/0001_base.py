import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
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
                    name="Consent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("turn", models.PositiveSmallIntegerField(default=1)),
                        ("given_at", models.DateTimeField(verbose_name="given at")),
                        ("via", models.CharField(max_length=16, verbose_name="via")),
                        (
                            "ip_prefix",
                            models.CharField(blank=True, max_length=43, verbose_name="network"),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent",
                        "verbose_name_plural": "consents",
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
                    },
                ),
                migrations.CreateModel(
                    name="DatedRule",
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
                                    ("commission_most", "Commission of an order, at most"),
                                    ("recruiting_most", "Recruiting leader's service fee, at most"),
                                    (
                                        "together_most",
                                        "Commission and service fee together, at most",
                                    ),
                                    ("live_cart", "Goods allowed in carts of live rooms"),
                                    (
                                        "live_by_order",
                                        "In live rooms through a Star Map order only",
                                    ),
                                ],
                                max_length=20,
                                verbose_name="rule",
                            ),
                        ),
                        (
                            "product_source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("shop", "The shop on Douyin"),
                                    ("taobao", "Taobao and Tmall"),
                                    ("jd", "JD"),
                                    ("suning", "Suning"),
                                    ("vipshop", "Vipshop"),
                                    ("kaola", "Kaola"),
                                    ("yanxuan", "NetEase Yanxuan"),
                                    ("ymatou", "Ymatou"),
                                    ("mini_program", "Mini-program"),
                                ],
                                max_length=12,
                                verbose_name="product source",
                            ),
                        ),
                        ("value", models.BigIntegerField(verbose_name="value")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "source",
                            models.CharField(max_length=200, verbose_name="where it is from"),
                        ),
                        ("checked_on", models.DateField(verbose_name="last looked at")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waiting for the second person"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                ],
                                default="proposed",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                        ("announced_on", models.DateField(null=True, verbose_name="announced on")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="second person",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rule with a day",
                        "verbose_name_plural": "rules with a day",
                        "ordering": ["kind", "-starts_on", "pk"],
                        "permissions": [
                            ("propose_datedrule", "Can propose rules with a day"),
                            ("approve_datedrule", "Can approve rules with a day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "refused"), _negated=True),
                                fields=("kind", "product_source", "starts_on"),
                                name="dated_rule_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)), name="dated_rule_value"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="dated_rule_has_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("status", "proposed"),
                                    ),
                                    models.Q(
                                        models.Q(("status", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="dated_rule_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "approved"), _negated=True),
                                    ("announced_on", None),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("proposed_by__isnull", False),
                                        models.Q(
                                            ("decided_by", models.F("proposed_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="dated_rule_second_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("status", "approved"), _negated=True),
                                        ("announced_on", None),
                                    ),
                                    models.Q(
                                        ("announced_on", None),
                                        ("starts_on__lt", datetime.date(2022, 1, 1)),
                                        ("status", "approved"),
                                    ),
                                    models.Q(
                                        (
                                            "announced_on__lte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("starts_on"),
                                                "-",
                                                models.Value(datetime.timedelta(days=7)),
                                            ),
                                        ),
                                        ("status", "approved"),
                                    ),
                                    _connector="OR",
                                ),
                                name="dated_rule_announced",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeRate",
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
                            "fee",
                            models.CharField(
                                choices=[
                                    ("platform_fee", "Service fee of the platform, on the order"),
                                    ("technical_fee", "Technical fee, on the commission"),
                                ],
                                max_length=14,
                                verbose_name="fee",
                            ),
                        ),
                        (
                            "product_source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("shop", "The shop on Douyin"),
                                    ("taobao", "Taobao and Tmall"),
                                    ("jd", "JD"),
                                    ("suning", "Suning"),
                                    ("vipshop", "Vipshop"),
                                    ("kaola", "Kaola"),
                                    ("yanxuan", "NetEase Yanxuan"),
                                    ("ymatou", "Ymatou"),
                                    ("mini_program", "Mini-program"),
                                ],
                                max_length=12,
                                verbose_name="product source",
                            ),
                        ),
                        (
                            "rate_bp",
                            models.PositiveSmallIntegerField(verbose_name="rate (basis points)"),
                        ),
                        ("is_relief", models.BooleanField(default=False, verbose_name="relief")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="until, not including"
                            ),
                        ),
                        (
                            "announced_on",
                            models.DateField(blank=True, null=True, verbose_name="announced on"),
                        ),
                        (
                            "source",
                            models.CharField(max_length=200, verbose_name="where it is from"),
                        ),
                        ("checked_on", models.DateField(verbose_name="last looked at")),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rate of a fee",
                        "verbose_name_plural": "rates of fees",
                        "ordering": ["fee", "-starts_on", "pk"],
                        "permissions": [("announce_fee", "Can announce rates of fees")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "fee",
                                    "product_source",
                                    "category",
                                    "is_relief",
                                    "starts_on",
                                ),
                                name="fee_rate_once_a_day",
                                nulls_distinct=False,
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("is_relief", True)),
                                expressions=[
                                    ("fee", "="),
                                    ("product_source", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            "category", models.Value(0, models.BigIntegerField())
                                        ),
                                        "=",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_on"),
                                            models.F("ends_on"),
                                            function="daterange",
                                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="fee_relief_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate_bp__lte", 10000)), name="fee_rate_share"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gt", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="fee_rate_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_relief", True), ("ends_on", None), _connector="OR"
                                ),
                                name="fee_relief_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="fee_rate_has_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("announced_on", None),
                                        ("starts_on__lt", datetime.date(2022, 1, 1)),
                                    ),
                                    models.Q(
                                        ("announced_on__isnull", False),
                                        models.Q(
                                            models.Q(
                                                ("announced_on__lte", models.F("starts_on")),
                                                ("is_relief", True),
                                            ),
                                            (
                                                "announced_on__lte",
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("starts_on"),
                                                    "-",
                                                    models.Value(datetime.timedelta(days=7)),
                                                ),
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="fee_rate_announced",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="consent",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="policies.version",
                        verbose_name="version of a document",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(
                        fields=("kind", "number"), name="version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(
                        fields=("kind", "effective_from"), name="version_one_a_moment"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("effective_from__gte", models.F("announced_at")), ("number", 1)
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
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.UniqueConstraint(
                        fields=("user", "version", "turn"), name="consent_once"
                    ),
                ),
            ]
        ),
    ]
