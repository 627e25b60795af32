import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conduct", "0001_base"),
        ("core", "0002_base"),
        ("parties", "0002_base"),
        ("policies", "0001_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="BoardPlace",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="place")),
                        ("sales_fen", models.BigIntegerField(verbose_name="settled sales")),
                        ("orders", models.PositiveIntegerField(verbose_name="settled orders")),
                        ("score", models.PositiveSmallIntegerField(verbose_name="reputation")),
                        ("points", models.FloatField(verbose_name="points")),
                    ],
                    options={
                        "verbose_name": "place on a weekly board",
                        "verbose_name_plural": "places on weekly boards",
                        "ordering": ("rank",),
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody"),
                                    ("targeted", "Chosen creators"),
                                    ("exclusive", "Chosen creators alone"),
                                ],
                                max_length=9,
                                verbose_name="for",
                            ),
                        ),
                        ("commission_bp", models.PositiveIntegerField(verbose_name="commission")),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                null=True, verbose_name="days"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "ended_at",
                            models.DateTimeField(null=True, verbose_name="ended early at"),
                        ),
                    ],
                    options={
                        "verbose_name": "commission plan",
                        "verbose_name_plural": "commission plans",
                        "ordering": ("created_at", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="Board",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("week", models.DateField(verbose_name="week from")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "least_score",
                            models.PositiveSmallIntegerField(verbose_name="least reputation"),
                        ),
                        (
                            "least_orders",
                            models.PositiveSmallIntegerField(verbose_name="least orders"),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "weekly board",
                        "verbose_name_plural": "weekly boards",
                    },
                ),
                migrations.CreateModel(
                    name="PrizeGiven",
                    fields=[
                        (
                            "place",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="given",
                                serialize=False,
                                to="catalogue.boardplace",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("note", models.CharField(max_length=200, verbose_name="how")),
                    ],
                    options={
                        "verbose_name": "prize handed over",
                        "verbose_name_plural": "prizes handed over",
                        "permissions": [("give_prize", "Can hand prizes over")],
                    },
                ),
                migrations.CreateModel(
                    name="CartPermission",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("granted_at", models.DateTimeField(verbose_name="granted at")),
                        ("known", models.JSONField(default=dict, verbose_name="what was known")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "ended_why",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it ended"
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cart_permissions",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policies.cartrule",
                                verbose_name="rule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permission to share goods",
                        "verbose_name_plural": "permissions to share goods",
                        "permissions": [
                            ("end_cartpermission", "Can end permissions to share goods")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("inspection", "Quality inspection report"),
                                    ("brand", "Brand authorisation"),
                                    ("trademark", "Trademark registration"),
                                    ("licence", "Production or filing licence"),
                                    ("import", "Customs and quarantine papers"),
                                    ("organic", "Organic or origin certificate"),
                                    ("other", "Other certificate"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(blank=True, max_length=60, verbose_name="number"),
                        ),
                        (
                            "issuer",
                            models.CharField(blank=True, max_length=60, verbose_name="issued by"),
                        ),
                        (
                            "expires_on",
                            models.DateField(blank=True, null=True, verbose_name="valid until"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="file",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate of a product",
                        "verbose_name_plural": "certificates of products",
                        "ordering": ("created_at", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="CertificateReminder",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("days", models.PositiveSmallIntegerField(verbose_name="days before")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "certificate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="catalogue.certificate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder of a certificate",
                        "verbose_name_plural": "reminders of certificates",
                    },
                ),
                migrations.CreateModel(
                    name="DepositMove",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("payment", "Paid in"),
                                    ("refund", "Paid back"),
                                    ("penalty", "Penalty"),
                                ],
                                max_length=7,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waiting for finance"),
                                    ("approved", "Booked"),
                                    ("refused", "Turned down"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="proposed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="number at the bank"
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        ("proposed_at", models.DateTimeField(verbose_name="asked at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="what the second person said",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposit_moves",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move of a deposit",
                        "verbose_name_plural": "moves of deposits",
                        "ordering": ("-proposed_at", "-id"),
                        "permissions": [
                            (
                                "propose_depositmove",
                                "Can ask for refunds and penalties of deposits",
                            ),
                            ("approve_depositmove", "Can approve moves of deposits"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Gate",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("pool", "Stand in the product pool"),
                                    ("offer", "Be offered to recruiting posts and fairs"),
                                    ("chart", "Stand on the weekly board"),
                                ],
                                max_length=6,
                                verbose_name="may not",
                            ),
                        ),
                        (
                            "least_score",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="least score"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="until, not including"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("set_at", models.DateTimeField(verbose_name="set at")),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "gate",
                        "verbose_name_plural": "gates",
                        "ordering": ("-starts_on", "-id"),
                        "permissions": [("set_gate", "Can set and lift gates")],
                    },
                ),
                migrations.CreateModel(
                    name="Prize",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("rank_from", models.PositiveSmallIntegerField(verbose_name="from place")),
                        ("rank_to", models.PositiveSmallIntegerField(verbose_name="to place")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="until, not including"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "prize of the weekly board",
                        "verbose_name_plural": "prizes of the weekly board",
                        "ordering": ("rank_from", "-starts_on"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rank_from__gte", 1), ("rank_to__gte", models.F("rank_from"))
                                ),
                                name="prize_places",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "source",
                            models.CharField(
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
                                default="shop",
                                max_length=12,
                                verbose_name="product source",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("brand", "Own brand"),
                                    ("authorised", "Authorised dealer"),
                                    ("factory", "Straight from the factory"),
                                    ("origin", "Straight from where it grows"),
                                    ("imported", "Imported"),
                                ],
                                default="brand",
                                max_length=10,
                                verbose_name="merchant's channel",
                            ),
                        ),
                        (
                            "upstream_id",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="number in the order file"
                            ),
                        ),
                        ("price_fen", models.BigIntegerField(verbose_name="price")),
                        ("commission_bp", models.PositiveIntegerField(verbose_name="commission")),
                        ("stock", models.PositiveIntegerField(default=0, verbose_name="stock")),
                        (
                            "intro",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="what speaks for it"
                            ),
                        ),
                        (
                            "link",
                            models.URLField(
                                blank=True, max_length=300, verbose_name="page of the product"
                            ),
                        ),
                        (
                            "sends_samples",
                            models.BooleanField(default=False, verbose_name="samples on request"),
                        ),
                        ("picture", models.UUIDField(null=True, verbose_name="picture shown")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("listed", "In the pool"),
                                    ("paused", "Paused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("score", models.SmallIntegerField(default=-1, verbose_name="reputation")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        ("listed_at", models.DateTimeField(null=True, verbose_name="listed at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                        ("text", models.TextField(editable=False)),
                        ("readings", models.TextField(editable=False)),
                        (
                            "sort_key",
                            models.CharField(db_collation="C", editable=False, max_length=120),
                        ),
                        (
                            "tokens",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), editable=False, size=None
                            ),
                        ),
                        (
                            "belts",
                            models.ManyToManyField(
                                blank=True, to="parties.belt", verbose_name="industry belts"
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "gate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.gate",
                                verbose_name="gate",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="products",
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product",
                        "verbose_name_plural": "products",
                        "permissions": [
                            ("import_products", "Can bring in products and their daily facts")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanCreator",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                null=True, verbose_name="days"
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commission_plans",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="creators",
                                to="catalogue.plan",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "creator of a plan",
                        "verbose_name_plural": "creators of plans",
                    },
                ),
                migrations.CreateModel(
                    name="ProductDay",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "delivered",
                            models.PositiveIntegerField(default=0, verbose_name="delivered orders"),
                        ),
                        (
                            "good_reviews",
                            models.PositiveIntegerField(default=0, verbose_name="good reviews"),
                        ),
                        (
                            "bad_reviews",
                            models.PositiveIntegerField(default=0, verbose_name="bad reviews"),
                        ),
                        (
                            "quality_returns",
                            models.PositiveIntegerField(
                                default=0, verbose_name="returns for quality"
                            ),
                        ),
                        (
                            "late",
                            models.PositiveIntegerField(default=0, verbose_name="delivered late"),
                        ),
                        (
                            "complaints",
                            models.PositiveIntegerField(
                                default=0, verbose_name="complaints about service"
                            ),
                        ),
                        ("told_at", models.DateTimeField(verbose_name="told at")),
                        (
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="catalogue.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "day of a product",
                        "verbose_name_plural": "days of products",
                    },
                ),
                migrations.CreateModel(
                    name="ProductPicture",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for a look"),
                                    ("shown", "Shown"),
                                    ("refused", "Refused"),
                                    ("replaced", "Replaced"),
                                    ("removed", "Taken off"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("set_at", models.DateTimeField(verbose_name="set at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="picture",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pictures",
                                to="catalogue.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "small",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="small picture",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "picture of a product",
                        "verbose_name_plural": "pictures of products",
                        "ordering": ("set_at", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="Reputation",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="day")),
                        ("score", models.SmallIntegerField(null=True, verbose_name="score")),
                        (
                            "delivered",
                            models.PositiveIntegerField(verbose_name="delivered orders in 90 days"),
                        ),
                        ("parts", models.JSONField(default=dict, verbose_name="parts")),
                        (
                            "creator",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reputations",
                                to="parties.party",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reputations",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reputation",
                        "verbose_name_plural": "reputations",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="boardplace",
                    name="board",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="catalogue.board",
                    ),
                ),
                migrations.AddField(
                    model_name="boardplace",
                    name="prize",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalogue.prize",
                        verbose_name="prize",
                    ),
                ),
                migrations.AddField(
                    model_name="plan",
                    name="product",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                migrations.AddField(
                    model_name="gate",
                    name="product",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gates",
                        to="catalogue.product",
                    ),
                ),
                migrations.AddField(
                    model_name="certificate",
                    name="product",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                migrations.AddField(
                    model_name="boardplace",
                    name="product",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="board",
                    constraint=models.UniqueConstraint(
                        fields=("week", "category"), name="board_once_a_week"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="board",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("week__iso_week_day", 1)), name="board_begins_on_monday"
                    ),
                ),
                migrations.AddField(
                    model_name="prizegiven",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cartpermission",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("creator",),
                        name="cart_permission_one_standing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cartpermission",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cart_permission_ended_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="certificatereminder",
                    constraint=models.UniqueConstraint(
                        fields=("certificate", "days"), name="certificate_reminded_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", "payment"), ("status__in", ["proposed", "approved"])
                        ),
                        fields=("reference",),
                        name="deposit_paid_once_by_a_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("creator", "kind"),
                        name="deposit_one_waiting_of_a_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="deposit_amount"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "payment"), _negated=True),
                            models.Q(("reference", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deposit_payment_has_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "payment"),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deposit_out_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("status", "proposed")),
                            models.Q(
                                models.Q(("status", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="deposit_decided_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="depositmove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            ("decided_by", None),
                            ("proposed_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="deposit_second_person",
                    ),
                ),
                migrations.AddIndex(
                    model_name="product",
                    index=models.Index(
                        fields=["merchant", "-created_at", "-id"], name="product_of_merchant"
                    ),
                ),
                migrations.AddIndex(
                    model_name="product",
                    index=models.Index(
                        condition=models.Q(("gate", None), ("status", "listed")),
                        fields=["-score", "-id"],
                        name="product_by_score",
                    ),
                ),
                migrations.AddIndex(
                    model_name="product",
                    index=models.Index(
                        condition=models.Q(("gate", None), ("status", "listed")),
                        fields=["-listed_at", "-id"],
                        name="product_by_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="product",
                    index=models.Index(
                        condition=models.Q(("gate", None), ("status", "listed")),
                        fields=["-commission_bp", "-id"],
                        name="product_by_commission",
                    ),
                ),
                migrations.AddIndex(
                    model_name="product",
                    index=models.Index(
                        condition=models.Q(("gate", None), ("status", "listed")),
                        fields=["price_fen", "id"],
                        name="product_by_price",
                    ),
                ),
                migrations.AddIndex(
                    model_name="product",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["tokens"], name="product_tokens"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="product",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("upstream_id", ""), _negated=True),
                        fields=("merchant", "upstream_id"),
                        name="product_once_in_the_order_file",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="product",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("price_fen__gt", 0)), name="product_price"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="product",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("commission_bp__lte", 10000)), name="product_commission"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="product",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("score__gte", -1), ("score__lte", 500)),
                        name="product_score",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="product",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["listed", "paused"]), _negated=True),
                            ("listed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="product_offered_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="product",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("status", "withdrawn")),
                            models.Q(
                                models.Q(("status", "withdrawn"), _negated=True), ("ended_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="product_withdrawn_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plancreator",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "creator"), name="plan_creator_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plancreator",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("product", "="), ("creator", "="), ("period", "&&")],
                        name="plan_creator_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "public")),
                        expressions=[("product", "="), ("period", "&&")],
                        name="plan_one_public_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "exclusive")),
                        expressions=[("product", "="), ("period", "&&")],
                        name="plan_one_exclusive_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "public"), _negated=True),
                        expressions=[
                            ("product", "="),
                            ("period", "&&"),
                            (
                                models.Case(
                                    models.When(kind="exclusive", then=models.Value(1)),
                                    default=models.Value(0),
                                    output_field=models.IntegerField(),
                                ),
                                "<>",
                            ),
                        ],
                        name="plan_exclusive_excludes_targeted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("commission_bp__lte", 10000)), name="plan_commission"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("period__isnull", False), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="plan_without_days_has_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="gate_has_reason"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("least_score", None), ("product__isnull", False)),
                            models.Q(("least_score__range", (1, 500)), ("product", None)),
                            _connector="OR",
                        ),
                        name="gate_of_score_or_product",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="gate_days",
                    ),
                ),
                migrations.AddIndex(
                    model_name="certificate",
                    index=models.Index(
                        condition=models.Q(("expires_on__isnull", False), ("removed_at", None)),
                        fields=["expires_on"],
                        name="certificate_to_expire",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="boardplace",
                    constraint=models.UniqueConstraint(
                        fields=("board", "rank"), name="board_place_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="boardplace",
                    constraint=models.UniqueConstraint(
                        fields=("board", "product"), name="board_product_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="productday",
                    index=models.Index(fields=["day"], name="product_day_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="productday",
                    constraint=models.UniqueConstraint(
                        fields=("product", "day"), name="product_day_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="productday",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("late__lte", models.F("delivered")),
                            ("quality_returns__lte", models.F("delivered")),
                        ),
                        name="product_day_within_delivered",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="productpicture",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("status__in", ["waiting", "shown", "refused"])
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("status__in", ["replaced", "removed"])
                            ),
                            _connector="OR",
                        ),
                        name="product_picture_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reputation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("product__isnull", False)),
                        fields=("product", "day"),
                        name="reputation_of_product_once_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reputation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("creator__isnull", False)),
                        fields=("creator", "day"),
                        name="reputation_of_creator_once_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reputation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("creator", None), ("product__isnull", False)),
                            models.Q(("creator__isnull", False), ("product", None)),
                            _connector="OR",
                        ),
                        name="reputation_of_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reputation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("score", None), ("score__range", (0, 500)), _connector="OR"
                        ),
                        name="reputation_score",
                    ),
                ),
            ]
        ),
    ]
