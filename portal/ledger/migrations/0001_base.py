import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models.xact
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
                    name="Account",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("share", "Share of orders"),
                                    ("available", "Available"),
                                    ("held", "Held by a dispute"),
                                    ("bills", "Bills between parties"),
                                    ("deposit", "Deposit"),
                                    ("fees", "Fees of the platform"),
                                    ("penalties", "Penalties"),
                                    ("custody", "Deposits at the bank"),
                                    ("clearing", "Order money"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[("estimated", "Estimated"), ("settled", "Settled")],
                                max_length=9,
                                verbose_name="track",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[("CNY", "Chinese yuan")],
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        (
                            "party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account of the ledger",
                        "verbose_name_plural": "accounts of the ledger",
                    },
                ),
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="ledger.account",
                                verbose_name="account",
                            ),
                        ),
                        ("amount", models.BigIntegerField(verbose_name="amount (fen)")),
                    ],
                    options={
                        "verbose_name": "checkpoint",
                        "verbose_name_plural": "checkpoints",
                    },
                ),
                migrations.CreateModel(
                    name="Closing",
                    fields=[
                        (
                            "month",
                            models.DateField(
                                primary_key=True, serialize=False, verbose_name="month"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(verbose_name="closed at")),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "closed month",
                        "verbose_name_plural": "closed months",
                    },
                ),
                migrations.CreateModel(
                    name="Journal",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=200, verbose_name="key")),
                        ("content", models.UUIDField(verbose_name="hash of the content")),
                        (
                            "cause_type",
                            models.CharField(max_length=40, verbose_name="kind of cause"),
                        ),
                        ("cause_id", models.CharField(max_length=80, verbose_name="cause")),
                        ("occurred_at", models.DateTimeField(verbose_name="occurred at")),
                        ("posted_at", models.DateTimeField(verbose_name="posted at")),
                        ("period", models.DateField(verbose_name="month it counts in")),
                        ("text", models.CharField(max_length=200, verbose_name="text")),
                        (
                            "acting_party_id",
                            models.BigIntegerField(null=True, verbose_name="acting for party"),
                        ),
                        ("role", models.CharField(max_length=16, verbose_name="role")),
                        ("via", models.CharField(max_length=16, verbose_name="via")),
                        (
                            "xact",
                            portal.ledger.models.xact.TransactionIdField(
                                db_default=portal.ledger.models.xact.CurrentTransaction(),
                                verbose_name="transaction",
                            ),
                        ),
                        (
                            "reverses",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="ledger.journal",
                                verbose_name="reverses",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "journal",
                        "verbose_name_plural": "journals",
                        "permissions": [
                            ("close_period", "Can close a month of the books"),
                            ("export_books", "Can take the books out"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("amount", models.BigIntegerField(verbose_name="amount (fen)")),
                        ("part", models.CharField(blank=True, max_length=40, verbose_name="part")),
                        (
                            "xact",
                            portal.ledger.models.xact.TransactionIdField(
                                db_default=portal.ledger.models.xact.CurrentTransaction(),
                                verbose_name="transaction",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="ledger.account",
                                verbose_name="account",
                            ),
                        ),
                        (
                            "journal",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="ledger.journal",
                                verbose_name="journal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                    },
                ),
                migrations.CreateModel(
                    name="Watermark",
                    fields=[
                        (
                            "id",
                            models.SmallIntegerField(default=1, primary_key=True, serialize=False),
                        ),
                        (
                            "upto",
                            portal.ledger.models.xact.TransactionIdField(
                                verbose_name="transaction"
                            ),
                        ),
                        ("moved_at", models.DateTimeField(verbose_name="moved at")),
                    ],
                    options={
                        "verbose_name": "watermark",
                        "verbose_name_plural": "watermarks",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)), name="ledger_one_watermark"
                            )
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="account",
                    constraint=models.UniqueConstraint(
                        fields=("party", "kind", "track", "currency"),
                        name="ledger_account_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("share", "available", "held", "bills", "deposit")),
                                ("party__isnull", False),
                            ),
                            models.Q(
                                ("party", None),
                                models.Q(
                                    (
                                        "kind__in",
                                        ("share", "available", "held", "bills", "deposit"),
                                    ),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_account_of_party_or_platform",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["available", "held", "deposit"]),
                            ("track", "estimated"),
                            _negated=True,
                        ),
                        name="ledger_estimate_is_never_payable",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("currency__in", ["CNY"]),
                            (
                                "kind__in",
                                [
                                    "share",
                                    "available",
                                    "held",
                                    "bills",
                                    "deposit",
                                    "fees",
                                    "penalties",
                                    "custody",
                                    "clearing",
                                ],
                            ),
                            ("track__in", ["estimated", "settled"]),
                        ),
                        name="ledger_account_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="closing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="ledger_closing_is_a_month"
                    ),
                ),
                migrations.AddIndex(
                    model_name="journal",
                    index=models.Index(
                        fields=["cause_type", "cause_id"], name="ledger_journal_by_cause"
                    ),
                ),
                migrations.AddIndex(
                    model_name="journal",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        fields=["period"], name="ledger_journal_by_period"
                    ),
                ),
                migrations.AddIndex(
                    model_name="journal",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        fields=["posted_at"], name="ledger_journal_by_posting"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="journal",
                    constraint=models.UniqueConstraint(fields=("key",), name="ledger_key_once"),
                ),
                migrations.AddConstraint(
                    model_name="journal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("reverses",),
                        name="ledger_reversed_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="journal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("period__day", 1)), name="ledger_period_is_a_month"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="journal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_key_is_said"
                    ),
                ),
                migrations.AddIndex(
                    model_name="entry",
                    index=models.Index(
                        fields=["account", "xact", "id"],
                        include=("amount",),
                        name="ledger_entry_by_account",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="ledger_leg_is_not_zero",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("amount__range", (-100000000000000000, 100000000000000000))
                        ),
                        name="ledger_leg_in_range",
                    ),
                ),
            ]
        ),
    ]
