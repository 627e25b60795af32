import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0004_audit_of_party"),
        ("parties", "0013_bank_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="BankTemplate",
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
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("institution", "Instruction to the payment institution"),
                                    ("direct", "The platform's own debts"),
                                ],
                                max_length=11,
                                verbose_name="who pays",
                            ),
                        ),
                        (
                            "encoding",
                            models.CharField(
                                choices=[("utf-8-sig", "UTF-8"), ("gb18030", "GBK")],
                                default="utf-8-sig",
                                max_length=9,
                                verbose_name="encoding",
                            ),
                        ),
                        ("columns", models.JSONField(default=list, verbose_name="columns")),
                        ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
                    ],
                    options={
                        "verbose_name": "bank file template",
                        "verbose_name_plural": "bank file templates",
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
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
                            "number",
                            models.CharField(max_length=16, unique=True, verbose_name="number"),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("institution", "Instruction to the payment institution"),
                                    ("direct", "The platform's own debts"),
                                ],
                                max_length=11,
                                verbose_name="who pays",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=60, verbose_name="purpose")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("prepared", "Waiting for the second person"),
                                    ("approving", "Being approved"),
                                    ("approved", "Approved"),
                                    ("sent", "Sent to the bank"),
                                    ("done", "Done"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="prepared",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("prepared_at", models.DateTimeField(verbose_name="prepared at")),
                        (
                            "approved_at",
                            models.DateTimeField(null=True, verbose_name="approved at"),
                        ),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to="core.job",
                                verbose_name="job",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prepared by",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="payouts.banktemplate",
                                verbose_name="bank file template",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payout batch",
                        "verbose_name_plural": "payout batches",
                        "permissions": [
                            ("prepare_batch", "Can prepare payout batches"),
                            ("approve_batch", "Can approve payout batches"),
                            ("send_batch", "Can take bank files and bring results in"),
                            ("check_account", "Can check where parties are paid"),
                        ],
                        "indexes": [models.Index(fields=["-prepared_at"], name="batch_by_time")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    ("prepared_by", None),
                                    models.Q(
                                        ("approved_by", models.F("prepared_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_second_is_not_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_at", None),
                                        ("status__in", ["prepared", "cancelled"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ["prepared", "cancelled"]), _negated=True
                                        ),
                                        ("approved_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_approved_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("status__in", ["done", "cancelled"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ["done", "cancelled"]), _negated=True
                                        ),
                                        ("ended_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_ended_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="batch_cancelled_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchFile",
                    fields=[
                        (
                            "batch",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="file",
                                serialize=False,
                                to="payouts.batch",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("content_sealed", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("rows", models.PositiveIntegerField(verbose_name="rows")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bank file",
                        "verbose_name_plural": "bank files",
                    },
                ),
                migrations.CreateModel(
                    name="Debt",
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
                        ("key", models.CharField(max_length=80, unique=True, verbose_name="key")),
                        ("text", models.CharField(max_length=120, verbose_name="what for")),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        ("owed_at", models.DateTimeField(verbose_name="owed since")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payout_debts",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "debt of the platform",
                        "verbose_name_plural": "debts of the platform",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="payout_debt_amount"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="payout_enrolment",
                                serialize=False,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "consented_at",
                            models.DateTimeField(verbose_name="agreed to the split at"),
                        ),
                        (
                            "sub_account",
                            models.CharField(blank=True, max_length=40, verbose_name="sub-account"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(null=True, verbose_name="sub-account opened at"),
                        ),
                        (
                            "consented_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="agreed by",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written down by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enrolment at the institution",
                        "verbose_name_plural": "enrolments at the institution",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("opened_at", None), ("sub_account", "")),
                                    models.Q(
                                        models.Q(("sub_account", ""), _negated=True),
                                        ("opened_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="enrolment_opened_has_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("sub_account", ""), _negated=True),
                                fields=("sub_account",),
                                name="enrolment_sub_account_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=24, verbose_name="key")),
                        (
                            "attempt",
                            models.PositiveSmallIntegerField(default=1, verbose_name="attempt"),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "To be approved"),
                                    ("paying", "In payment"),
                                    ("paid", "Arrived"),
                                    ("partial", "Arrived in part"),
                                    ("rejected", "Returned"),
                                    ("short", "Left out"),
                                    ("dropped", "Cancelled"),
                                ],
                                default="planned",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "paid_fen",
                            models.BigIntegerField(default=0, verbose_name="arrived (fen)"),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="bank's number"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="answered at")),
                        (
                            "given_up_at",
                            models.DateTimeField(null=True, verbose_name="key given up at"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.payoutaccount",
                                verbose_name="payout account",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="payouts.batch",
                                verbose_name="batch",
                            ),
                        ),
                        (
                            "debt",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="payouts.debt",
                                verbose_name="debt",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payouts",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payout",
                        "verbose_name_plural": "payouts",
                        "indexes": [
                            models.Index(fields=["party", "-id"], name="payout_of_party"),
                            models.Index(fields=["batch", "status"], name="payout_of_batch"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("status__in", ("planned", "paying", "paid", "partial"))
                                ),
                                fields=("key",),
                                name="payout_key_lives_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("debt__isnull", False),
                                    ("status__in", ("planned", "paying", "paid", "partial")),
                                ),
                                fields=("debt",),
                                name="payout_debt_lives_once",
                            ),
                            models.UniqueConstraint(
                                fields=("batch", "key"), name="payout_key_once_a_batch"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="payout_amount"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("paid_fen", models.F("amount_fen")), ("status", "paid")
                                    ),
                                    models.Q(
                                        ("paid_fen__gt", 0),
                                        ("paid_fen__lt", models.F("amount_fen")),
                                        ("status", "partial"),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ["paid", "partial"]), _negated=True
                                        ),
                                        ("paid_fen", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="payout_arrived_by_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("status__in", ["paid", "partial", "rejected"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ["paid", "partial", "rejected"]),
                                            _negated=True,
                                        ),
                                        ("ended_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="payout_answered_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["rejected", "short"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="payout_returned_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PayoutTerm",
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
                            "minimum_fen",
                            models.BigIntegerField(verbose_name="smallest payout (fen)"),
                        ),
                        (
                            "trial_tries",
                            models.PositiveSmallIntegerField(
                                verbose_name="tries at a trial transfer's amount"
                            ),
                        ),
                        (
                            "trial_days",
                            models.PositiveSmallIntegerField(
                                verbose_name="days to confirm a trial transfer"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "term of payouts",
                        "verbose_name_plural": "terms of payouts",
                        "ordering": ("-starts_on",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum_fen__range", (1, 10000000)),
                                    ("trial_days__range", (1, 60)),
                                    ("trial_tries__range", (1, 9)),
                                ),
                                name="payout_term_in_bounds",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrialTransfer",
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
                            "amount_fen",
                            models.PositiveSmallIntegerField(verbose_name="amount (fen)"),
                        ),
                        (
                            "reference",
                            models.CharField(max_length=60, verbose_name="bank's number"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("sent", "Sent"),
                                    ("confirmed", "Confirmed"),
                                    ("failed", "Not confirmed"),
                                ],
                                default="sent",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("due_at", models.DateTimeField(verbose_name="to be confirmed by")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trials",
                                to="parties.payoutaccount",
                                verbose_name="payout account",
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
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "trial transfer",
                        "verbose_name_plural": "trial transfers",
                        "ordering": ("-sent_at",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["sent", "confirmed"])),
                                fields=("account",),
                                name="trial_one_standing",
                            ),
                            models.UniqueConstraint(
                                fields=("reference",), name="trial_reference_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__range", (1, 99))),
                                name="trial_is_small",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("status", "sent")),
                                    models.Q(
                                        models.Q(("status", "sent"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="trial_ended_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="trial_says_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FileTaking",
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
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takings",
                                to="payouts.batchfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "taking of a bank file",
                        "verbose_name_plural": "takings of bank files",
                    },
                ),
            ]
        ),
    ]
