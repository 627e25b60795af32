import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import portal.ledger.models.xact
from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0002_guards"),
        ("parties", "0012_issued_certificates"),
        ("revenue", "0008_channel_turnover"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "month",
                            models.DateField(
                                primary_key=True, serialize=False, verbose_name="month"
                            ),
                        ),
                        ("last", models.PositiveIntegerField(verbose_name="last number")),
                    ],
                    options={
                        "verbose_name": "series of statements",
                        "verbose_name_plural": "series of statements",
                    },
                ),
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("month", models.DateField(verbose_name="month")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("monthly", "Month's end"), ("ad_hoc", "In between")],
                                max_length=7,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "only_parties",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="only these parties",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Being calculated"),
                                    ("calculated", "Calculated"),
                                    ("sent", "Sent"),
                                    ("approved", "Approved"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("after_month", models.DateField(null=True, verbose_name="after month")),
                        (
                            "cut",
                            portal.ledger.models.xact.TransactionIdField(
                                null=True, verbose_name="before transaction"
                            ),
                        ),
                        ("cut_at", models.DateTimeField(null=True, verbose_name="posted by")),
                        ("prepared_at", models.DateTimeField(verbose_name="prepared at")),
                        (
                            "until_party",
                            models.BigIntegerField(default=0, verbose_name="done up to party"),
                        ),
                        ("stopped_at", models.DateTimeField(null=True, verbose_name="stopped at")),
                        (
                            "calculated_at",
                            models.DateTimeField(null=True, verbose_name="calculated at"),
                        ),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        ("due_at", models.DateTimeField(null=True, verbose_name="to be agreed by")),
                        (
                            "approved_at",
                            models.DateTimeField(null=True, verbose_name="approved at"),
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
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prepared by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settlement run",
                        "verbose_name_plural": "settlement runs",
                        "permissions": [
                            ("prepare_run", "Can prepare and send settlements"),
                            ("approve_run", "Can approve settlements"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "number",
                            models.CharField(max_length=20, unique=True, verbose_name="number"),
                        ),
                        ("month", models.DateField(verbose_name="month")),
                        (
                            "until_month",
                            models.DateField(null=True, verbose_name="covers months up to"),
                        ),
                        (
                            "cut",
                            portal.ledger.models.xact.TransactionIdField(
                                null=True, verbose_name="covers transactions before"
                            ),
                        ),
                        ("cut_at", models.DateTimeField(null=True, verbose_name="posted by")),
                        (
                            "carried_in",
                            models.BigIntegerField(default=0, verbose_name="carried in (fen)"),
                        ),
                        ("earned", models.BigIntegerField(default=0, verbose_name="earned (fen)")),
                        (
                            "refunded",
                            models.BigIntegerField(default=0, verbose_name="refunded (fen)"),
                        ),
                        (
                            "true_ups",
                            models.BigIntegerField(default=0, verbose_name="monthly parts (fen)"),
                        ),
                        (
                            "onward",
                            models.BigIntegerField(default=0, verbose_name="paid onward (fen)"),
                        ),
                        (
                            "adjusted",
                            models.BigIntegerField(default=0, verbose_name="corrections (fen)"),
                        ),
                        ("other", models.BigIntegerField(default=0, verbose_name="other (fen)")),
                        ("held", models.BigIntegerField(default=0, verbose_name="held (fen)")),
                        ("total", models.BigIntegerField(default=0, verbose_name="total (fen)")),
                        (
                            "released",
                            models.BigIntegerField(default=0, verbose_name="payable (fen)"),
                        ),
                        (
                            "carried_out",
                            models.BigIntegerField(default=0, verbose_name="carried out (fen)"),
                        ),
                        ("paid_fen", models.BigIntegerField(default=0, verbose_name="paid (fen)")),
                        (
                            "negative_since",
                            models.DateField(null=True, verbose_name="below zero since"),
                        ),
                        (
                            "lines",
                            models.PositiveIntegerField(default=0, verbose_name="order lines"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("calculated", "Calculated"),
                                    ("sent", "Sent, to be agreed"),
                                    ("disputed", "Lines in dispute"),
                                    ("agreed", "Agreed"),
                                    ("approved", "Approved, to be paid"),
                                    ("paid", "Paid"),
                                    ("failed", "Payment failed"),
                                    ("reconciled", "Found at the bank"),
                                    ("closed", "Closed"),
                                ],
                                default="calculated",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("calculated_at", models.DateTimeField(verbose_name="calculated at")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        ("due_at", models.DateTimeField(null=True, verbose_name="to be agreed by")),
                        ("agreed_at", models.DateTimeField(null=True, verbose_name="agreed at")),
                        (
                            "was_disputed",
                            models.BooleanField(default=False, verbose_name="was disputed"),
                        ),
                        (
                            "approved_at",
                            models.DateTimeField(null=True, verbose_name="approved at"),
                        ),
                        ("paid_at", models.DateTimeField(null=True, verbose_name="paid at")),
                        (
                            "failure",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it was not paid"
                            ),
                        ),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "previous",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next",
                                to="settlement.statement",
                                verbose_name="goes on from",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="settlement.run",
                                verbose_name="run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement of a party",
                        "verbose_name_plural": "statements of parties",
                    },
                ),
                migrations.CreateModel(
                    name="LineDispute",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="why")),
                        ("raised_at", models.DateTimeField(verbose_name="raised at")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("dismissed", "Dismissed"),
                                    ("upheld", "Upheld"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decision",
                            models.CharField(blank=True, max_length=300, verbose_name="decision"),
                        ),
                        (
                            "returned_bp",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="returned to the merchant"
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
                            "raised_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="settlement.statement",
                                verbose_name="statement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dispute about lines of a statement",
                        "verbose_name_plural": "disputes about lines of statements",
                        "permissions": [
                            ("decide_linedispute", "Can decide disputes about lines of statements")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adjustment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        ("effective_on", models.DateField(verbose_name="takes effect on")),
                        ("reason", models.CharField(max_length=150, verbose_name="why")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for a second person"),
                                    ("approved", "Posted"),
                                    ("declined", "Declined"),
                                ],
                                default="proposed",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("prepared_at", models.DateTimeField(verbose_name="prepared at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decision",
                            models.CharField(blank=True, max_length=300, verbose_name="decision"),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.journal",
                                verbose_name="corrects the journal",
                            ),
                        ),
                        (
                            "counter_party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="other party",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "journal",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.journal",
                                verbose_name="journal",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="parties.party",
                                verbose_name="party",
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
                            "dispute",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="settlement.linedispute",
                                verbose_name="dispute",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="settlement.statement",
                                verbose_name="corrects the statement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction of the books",
                        "verbose_name_plural": "corrections of the books",
                        "permissions": [
                            ("prepare_adjustment", "Can prepare corrections of the books"),
                            ("approve_adjustment", "Can approve corrections of the books"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementRow",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("orders", "Orders"),
                                    ("true_up", "Monthly part of an agreement"),
                                    ("onward", "Paid onward"),
                                    ("adjustment", "Correction"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                                verbose_name="from",
                            ),
                        ),
                        ("part", models.CharField(blank=True, max_length=40, verbose_name="part")),
                        (
                            "lines",
                            models.PositiveIntegerField(default=0, verbose_name="order lines"),
                        ),
                        (
                            "turnover",
                            models.BigIntegerField(default=0, verbose_name="turnover (fen)"),
                        ),
                        ("earned", models.BigIntegerField(default=0, verbose_name="earned (fen)")),
                        (
                            "refunded",
                            models.BigIntegerField(default=0, verbose_name="refunded (fen)"),
                        ),
                        ("held", models.BigIntegerField(default=0, verbose_name="held (fen)")),
                        ("amount", models.BigIntegerField(default=0, verbose_name="amount (fen)")),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="settlement.statement",
                            ),
                        ),
                        (
                            "terms",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="revenue.terms",
                                verbose_name="terms",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="revenue.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of a statement",
                        "verbose_name_plural": "rows of statements",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="TrueUp",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=40, verbose_name="part")),
                        ("posted_in", models.DateField(verbose_name="month")),
                        (
                            "corrects",
                            models.DateField(null=True, verbose_name="corrects the month"),
                        ),
                        ("net_fen", models.BigIntegerField(verbose_name="turnover (fen)")),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        (
                            "journal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.journal",
                                verbose_name="journal",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="true_ups",
                                to="settlement.run",
                                verbose_name="run",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="true_ups",
                                to="revenue.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "monthly part of an agreement",
                        "verbose_name_plural": "monthly parts of agreements",
                    },
                ),
                migrations.CreateModel(
                    name="DisputedLine",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("held_fen", models.BigIntegerField(verbose_name="held (fen)")),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="revenue.orderline",
                            ),
                        ),
                        (
                            "dispute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="settlement.linedispute",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "disputed line",
                        "verbose_name_plural": "disputed lines",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dispute", "line"), name="disputed_line_once"
                            )
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "monthly")),
                        fields=("month",),
                        name="settlement_month_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("status",),
                        name="settlement_one_open_run",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="settlement_run_is_of_a_month"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cut", None),
                                ("cut_at", None),
                                ("kind", "monthly"),
                                ("only_parties", []),
                            ),
                            models.Q(
                                ("cut__isnull", False),
                                ("cut_at__isnull", False),
                                ("kind", "ad_hoc"),
                            ),
                            _connector="OR",
                        ),
                        name="settlement_run_has_its_cut",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "ad_hoc"),
                            ("after_month", None),
                            ("after_month__lt", models.F("month")),
                            _connector="OR",
                        ),
                        name="settlement_run_goes_on",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("calculated_at", None),
                                ("due_at", None),
                                ("sent_at", None),
                                ("status", "open"),
                            ),
                            models.Q(
                                ("calculated_at__isnull", False),
                                ("due_at", None),
                                ("sent_at", None),
                                ("status", "calculated"),
                            ),
                            models.Q(
                                ("calculated_at__isnull", False),
                                ("due_at__gt", models.F("sent_at")),
                                ("sent_at__isnull", False),
                                ("status__in", ["sent", "approved"]),
                            ),
                            _connector="OR",
                        ),
                        name="settlement_run_says_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("prepared_by", None),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="settlement_run_approved_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="run",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", False), ("status", "approved")),
                            models.Q(
                                models.Q(("status", "approved"), _negated=True),
                                ("approved_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="settlement_run_approved_by_somebody",
                    ),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(fields=["party", "-id"], name="statement_of_party"),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(
                        condition=models.Q(("status", "sent")),
                        fields=["due_at"],
                        name="statement_to_be_agreed",
                    ),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(
                        condition=models.Q(("status__in", ["approved", "failed"])),
                        fields=["party", "id"],
                        name="statement_to_pay",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.UniqueConstraint(
                        fields=("run", "party"), name="statement_once_a_run"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("previous", None)),
                        fields=("party",),
                        name="statement_one_is_first",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            models.F("carried_in"),
                                                            "+",
                                                            models.F("earned"),
                                                        ),
                                                        "+",
                                                        models.F("refunded"),
                                                    ),
                                                    "+",
                                                    models.F("true_ups"),
                                                ),
                                                "+",
                                                models.F("onward"),
                                            ),
                                            "+",
                                            models.F("adjusted"),
                                        ),
                                        "+",
                                        models.F("other"),
                                    ),
                                    "+",
                                    models.F("held"),
                                ),
                            )
                        ),
                        name="statement_adds_up",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "carried_out",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("total"), "-", models.F("released")
                                ),
                            )
                        ),
                        name="statement_carries_the_rest",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("released", 0),
                            models.Q(
                                ("released__gt", 0),
                                ("released__lte", models.F("total")),
                                (
                                    "status__in",
                                    ["approved", "paid", "failed", "reconciled", "closed"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="statement_releases_what_is_there",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("paid_fen__range", (0, models.F("released")))),
                        name="statement_pays_what_is_released",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("negative_since__isnull", False), ("total__lt", 0)),
                            models.Q(("negative_since", None), ("total__gte", 0)),
                            _connector="OR",
                        ),
                        name="statement_below_zero_is_aged",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at", None), ("sent_at", None), ("status", "calculated")),
                            models.Q(
                                models.Q(("status", "calculated"), _negated=True),
                                ("due_at__gt", models.F("sent_at")),
                                ("sent_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="statement_sent_has_a_deadline",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                (
                                    "status__in",
                                    ["approved", "paid", "failed", "reconciled", "closed"],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "status__in",
                                        ["approved", "paid", "failed", "reconciled", "closed"],
                                    ),
                                    _negated=True,
                                ),
                                ("approved_at", None),
                                ("approved_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="statement_approved_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("prepared_by", None),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_approved_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paid_at__isnull", False),
                                ("paid_fen", models.F("released")),
                                ("status__in", ["paid", "reconciled"]),
                            ),
                            models.Q(("status__in", ["paid", "reconciled"]), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_paid_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "failed"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_failed_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="linedispute",
                    index=models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["raised_at"],
                        name="line_dispute_to_decide",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linedispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="line_dispute_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linedispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decision", ""),
                                ("returned_bp", None),
                                ("status", "open"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("returned_bp", 0),
                                ("status", "withdrawn"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("status__in", ["dismissed", "upheld"]),
                                ("returned_bp__range", (0, 10000)),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="line_dispute_decided_says_how",
                    ),
                ),
                migrations.AddIndex(
                    model_name="adjustment",
                    index=models.Index(
                        condition=models.Q(("status", "proposed")),
                        fields=["prepared_at"],
                        name="adjustment_to_decide",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adjustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen", 0), _negated=True),
                        name="adjustment_moves",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adjustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="adjustment_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adjustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("counter_party", None),
                            models.Q(("counter_party", models.F("party")), _negated=True),
                            _connector="OR",
                        ),
                        name="adjustment_two_sides",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adjustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("journal__isnull", False),
                                ("status", "approved"),
                                ("decided_by__isnull", False),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("journal", None),
                                ("status", "declined"),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("journal", None),
                                ("status", "proposed"),
                            ),
                            _connector="OR",
                        ),
                        name="adjustment_posted_when_approved",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adjustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            ("prepared_by", None),
                            models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="adjustment_approved_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statementrow",
                    constraint=models.UniqueConstraint(
                        fields=("statement", "source", "terms", "version", "part"),
                        name="statement_row_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statementrow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("earned"), "+", models.F("refunded")
                                    ),
                                    "+",
                                    models.F("held"),
                                ),
                            )
                        ),
                        name="statement_row_adds_up",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trueup",
                    constraint=models.UniqueConstraint(
                        fields=("run", "version", "code", "posted_in", "corrects"),
                        name="true_up_once_a_run",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trueup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("posted_in__day", 1),
                            models.Q(("corrects", None), ("corrects__day", 1), _connector="OR"),
                        ),
                        name="true_up_is_of_months",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trueup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen", 0), _negated=True),
                        name="true_up_is_something",
                    ),
                ),
            ]
        ),
    ]
