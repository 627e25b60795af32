import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.core.clock
from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Terms",
                    fields=[
                        (
                            "sha256",
                            models.CharField(
                                max_length=64,
                                primary_key=True,
                                serialize=False,
                                verbose_name="hash",
                            ),
                        ),
                        ("document", models.TextField(verbose_name="document")),
                        ("made_of", models.JSONField(default=list, verbose_name="made of")),
                    ],
                    options={
                        "verbose_name": "terms of order lines",
                        "verbose_name_plural": "terms of order lines",
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("commission", "Commission of a creator"),
                                    ("agency_share", "Agency's share of the commission"),
                                    ("provider_fee", "Fee of a service provider"),
                                    ("recruiting_fee", "Fee of a recruiting leader"),
                                ],
                                max_length=14,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "scope_kind",
                            models.CharField(
                                choices=[
                                    ("whole", "Everything between the two"),
                                    ("shop", "One shop"),
                                    ("account", "One account"),
                                    ("product", "One product"),
                                    ("order", "One recruiting order"),
                                    ("cooperation", "One cooperation"),
                                ],
                                max_length=11,
                                verbose_name="covers",
                            ),
                        ),
                        (
                            "scope_key",
                            models.CharField(blank=True, max_length=60, verbose_name="which one"),
                        ),
                        (
                            "products",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="only these products",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "payee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements_to_be_paid",
                                to="parties.party",
                                verbose_name="payee",
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements_to_pay",
                                to="parties.party",
                                verbose_name="payer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "verbose_name_plural": "agreements",
                    },
                ),
                migrations.CreateModel(
                    name="AgreementVersion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("document", models.TextField(verbose_name="document")),
                        ("clauses", models.TextField(blank=True, verbose_name="clauses")),
                        ("sha256", models.CharField(max_length=64, verbose_name="hash")),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(null=True, verbose_name="ends before")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        (
                            "proposed_by",
                            models.CharField(
                                choices=[("payer", "Payer"), ("payee", "Payee")],
                                max_length=5,
                                verbose_name="proposed by",
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                        ("expires_at", models.DateTimeField(verbose_name="answer due")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for the other side"),
                                    ("sealing", "Waiting for seals"),
                                    ("accepted", "Accepted by both"),
                                    ("countered", "Answered by another version"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("expired", "No answer in time"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        ("seal_due_at", models.DateTimeField(null=True, verbose_name="seals due")),
                        (
                            "in_force",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                null=True, verbose_name="in force"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="revenue.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an agreement",
                        "verbose_name_plural": "versions of agreements",
                        "ordering": ("-number",),
                    },
                ),
                migrations.CreateModel(
                    name="Acceptance",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[("payer", "Payer"), ("payee", "Payee")],
                                max_length=5,
                                verbose_name="side",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "sha256",
                            models.CharField(
                                max_length=64, verbose_name="hash of what was accepted"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acceptances",
                                to="revenue.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acceptance",
                        "verbose_name_plural": "acceptances",
                    },
                ),
                migrations.CreateModel(
                    name="BankRow",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("account", models.CharField(max_length=40, verbose_name="bank account")),
                        (
                            "reference",
                            models.CharField(max_length=60, verbose_name="bank's number"),
                        ),
                        ("booked_on", models.DateField(verbose_name="booked on")),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        (
                            "counterparty",
                            models.CharField(blank=True, max_length=120, verbose_name="from or to"),
                        ),
                        (
                            "memo",
                            models.CharField(blank=True, max_length=200, verbose_name="purpose"),
                        ),
                        ("imported_at", models.DateTimeField(verbose_name="imported at")),
                        (
                            "imported_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="imported by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bank row",
                        "verbose_name_plural": "bank rows",
                        "permissions": [("import_bankrow", "Can bring bank rows in")],
                    },
                ),
                migrations.CreateModel(
                    name="Bill",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("code", models.CharField(max_length=30, verbose_name="part")),
                        ("key", models.CharField(blank=True, max_length=20, verbose_name="for")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("retainer", "Retainer"),
                                    ("pit_fee", "Pit fee"),
                                    ("kill_fee", "Kill fee"),
                                    ("other", "Other sum"),
                                    ("refund", "Refund by its ladder"),
                                    ("onward", "Paid onward"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        ("raised_at", models.DateTimeField(verbose_name="raised at")),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To be paid"),
                                    ("proved", "Payment shown"),
                                    ("paid", "Paid"),
                                    ("waived", "Waived"),
                                ],
                                default="open",
                                max_length=6,
                                verbose_name="status",
                            ),
                        ),
                        ("paid_on", models.DateField(null=True, verbose_name="paid on")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="settled at")),
                        (
                            "reached_fen",
                            models.BigIntegerField(
                                null=True, verbose_name="turnover reached (fen)"
                            ),
                        ),
                        (
                            "measured_at",
                            models.DateTimeField(null=True, verbose_name="measured at"),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bills",
                                to="revenue.agreement",
                            ),
                        ),
                        (
                            "bank_row",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bill",
                                to="revenue.bankrow",
                                verbose_name="bank row",
                            ),
                        ),
                        (
                            "payee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bills_to_be_paid",
                                to="parties.party",
                                verbose_name="payee",
                            ),
                        ),
                        (
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bills_to_pay",
                                to="parties.party",
                                verbose_name="payer",
                            ),
                        ),
                        (
                            "refunds",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refund",
                                to="revenue.bill",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bills",
                                to="revenue.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bill",
                        "verbose_name_plural": "bills",
                        "permissions": [("match_bill", "Can match bills with bank rows")],
                    },
                ),
                migrations.CreateModel(
                    name="BillStep",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("raised", "Bill raised"),
                                    ("requested", "Invoice asked for"),
                                    ("invoiced", "Invoice issued"),
                                    ("proved", "Payment shown"),
                                    ("returned", "Proof returned"),
                                    ("paid", "Payment found"),
                                    ("waived", "Waived"),
                                    ("late", "Late"),
                                    ("measured", "Target measured"),
                                ],
                                max_length=9,
                                verbose_name="what happened",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "number",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="invoice number"
                            ),
                        ),
                        (
                            "bill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="revenue.bill",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a bill",
                        "verbose_name_plural": "steps of bills",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
                    fields=[
                        (
                            "code",
                            models.SlugField(
                                max_length=20,
                                primary_key=True,
                                serialize=False,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "platform_coupon_lowers",
                            models.BooleanField(
                                default=False,
                                verbose_name="the platform's coupon lowers what is split",
                            ),
                        ),
                        (
                            "freight_counts",
                            models.BooleanField(
                                default=False, verbose_name="freight is split, too"
                            ),
                        ),
                        (
                            "headers",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="columns by their header"
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                help_text="Whose machines may bring its events in over the API; a merchant's only its own.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="brought by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "feed of orders",
                        "verbose_name_plural": "feeds of orders",
                    },
                ),
                migrations.CreateModel(
                    name="ControlTotal",
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
                        ("day", models.DateField(verbose_name="day")),
                        ("events", models.PositiveIntegerField(verbose_name="events")),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        (
                            "told_at",
                            models.DateTimeField(
                                default=portal.core.clock.now, verbose_name="told at"
                            ),
                        ),
                        (
                            "feed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="revenue.feed",
                                verbose_name="feed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "control total",
                        "verbose_name_plural": "control totals",
                    },
                ),
                migrations.CreateModel(
                    name="OrderLine",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("order", models.CharField(max_length=64, verbose_name="order")),
                        ("line", models.CharField(max_length=32, verbose_name="line")),
                        ("shop", models.CharField(blank=True, max_length=60, verbose_name="shop")),
                        (
                            "account",
                            models.CharField(blank=True, max_length=60, verbose_name="account"),
                        ),
                        (
                            "product",
                            models.CharField(blank=True, max_length=60, verbose_name="product"),
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
                            "carrier",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("live", "Live room"),
                                    ("video", "Video"),
                                    ("window", "Shop window"),
                                ],
                                max_length=6,
                                verbose_name="carrier",
                            ),
                        ),
                        (
                            "live",
                            models.CharField(blank=True, max_length=60, verbose_name="live room"),
                        ),
                        (
                            "buyer",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="buyer (hash)"
                            ),
                        ),
                        ("paid_at", models.DateTimeField(null=True, verbose_name="paid at")),
                        ("paid_fen", models.BigIntegerField(default=0, verbose_name="paid (fen)")),
                        (
                            "settled_fen",
                            models.BigIntegerField(default=0, verbose_name="settled (fen)"),
                        ),
                        (
                            "refunded_fen",
                            models.BigIntegerField(default=0, verbose_name="refunded (fen)"),
                        ),
                        (
                            "signs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("same_buyer", "One buyer, many lines of a shop on a day"),
                                        ("quick_refund", "All of it refunded within hours"),
                                        ("one_live", "One buyer, much of a live room"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="agency",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                        (
                            "feed",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="revenue.feed",
                                verbose_name="feed",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="recruiting leader",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="service provider",
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
                    ],
                    options={
                        "verbose_name": "order line",
                        "verbose_name_plural": "order lines",
                        "permissions": [("import_orders", "Can bring orders in")],
                    },
                ),
                migrations.CreateModel(
                    name="OrderEvent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "event_id",
                            models.CharField(blank=True, max_length=64, verbose_name="event"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("paid", "Paid"),
                                    ("settled", "Settled"),
                                    ("refunded", "Refunded"),
                                ],
                                max_length=8,
                                verbose_name="what happened",
                            ),
                        ),
                        ("phase", models.PositiveIntegerField(default=0, verbose_name="phase")),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                        ("occurred_at", models.DateTimeField(verbose_name="occurred at")),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "feed",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="revenue.feed",
                                verbose_name="feed",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="revenue.orderline",
                                verbose_name="order line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event of an order line",
                        "verbose_name_plural": "events of order lines",
                    },
                ),
                migrations.CreateModel(
                    name="LineHold",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10),
                                size=None,
                                verbose_name="whose shares",
                            ),
                        ),
                        ("cause_type", models.CharField(max_length=40, verbose_name="cause")),
                        ("cause_id", models.CharField(max_length=36, verbose_name="which one")),
                        ("at", models.DateTimeField(verbose_name="since")),
                        ("released_at", models.DateTimeField(null=True, verbose_name="until")),
                        (
                            "returned_bp",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="returned to the merchant"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="revenue.orderline",
                                verbose_name="order line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hold of an order line",
                        "verbose_name_plural": "holds of order lines",
                    },
                ),
                migrations.CreateModel(
                    name="VersionSeal",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[("payer", "Payer"), ("payee", "Payee")],
                                max_length=5,
                                verbose_name="side",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[("scan", "Stamped scan"), ("esign", "Electronic seal")],
                                max_length=5,
                                verbose_name="how",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="gateway's number"
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(max_length=64, verbose_name="hash of what was sealed"),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seals",
                                to="revenue.agreementversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seal of a version",
                        "verbose_name_plural": "seals of versions",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="agreement",
                    index=models.Index(fields=["payee"], name="agreement_of_payee"),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(
                        fields=("payer", "payee", "role", "scope_kind", "scope_key"),
                        name="agreement_once_a_subject",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("payer", models.F("payee")), _negated=True),
                        name="agreement_two_sides",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope_key", ""), ("scope_kind", "whole")),
                            models.Q(
                                models.Q(("scope_kind", "whole"), _negated=True),
                                models.Q(("scope_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_scope_is_named",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("products", []), ("scope_kind", "cooperation"), _connector="OR"
                        ),
                        name="agreement_products_of_a_cooperation",
                    ),
                ),
                migrations.AddIndex(
                    model_name="agreementversion",
                    index=models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["expires_at"],
                        name="agreement_version_to_answer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "number"), name="agreement_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["open", "sealing"])),
                        fields=("agreement",),
                        name="agreement_one_open_version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("agreement", "="), ("in_force", "&&")],
                        name="agreement_one_version_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="agreement_version_term",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_version_answered_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_force__isnull", False), ("status", "accepted")),
                            models.Q(
                                models.Q(("status", "accepted"), _negated=True), ("in_force", None)
                            ),
                            _connector="OR",
                        ),
                        name="agreement_version_accepted_is_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sealing"), _negated=True),
                            ("seal_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="agreement_version_seals_by_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="agreement_version_hashed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1), ("proposed_by__in", ["payer", "payee"])
                        ),
                        name="agreement_version_of_a_side",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.UniqueConstraint(
                        fields=("version", "side"), name="acceptance_once_a_side"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("side__in", ["payer", "payee"])),
                        name="acceptance_by_a_side",
                    ),
                ),
                migrations.AddIndex(
                    model_name="bankrow",
                    index=models.Index(fields=["amount_fen"], name="bank_row_by_amount"),
                ),
                migrations.AddConstraint(
                    model_name="bankrow",
                    constraint=models.UniqueConstraint(
                        fields=("account", "reference"), name="bank_row_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bankrow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="bank_row_moves"
                    ),
                ),
                migrations.AddIndex(
                    model_name="bill",
                    index=models.Index(fields=["payer", "-due_on"], name="bill_of_payer"),
                ),
                migrations.AddIndex(
                    model_name="bill",
                    index=models.Index(fields=["payee", "-due_on"], name="bill_of_payee"),
                ),
                migrations.AddIndex(
                    model_name="bill",
                    index=models.Index(
                        condition=models.Q(("status__in", ["open", "proved"])),
                        fields=["due_on"],
                        name="bill_unsettled",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("refunds", None)),
                        fields=("agreement", "code", "key"),
                        name="bill_once_a_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="bill_amount"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("payer", models.F("payee")), _negated=True),
                        name="bill_two_sides",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status__in", ["open", "proved"])),
                            models.Q(
                                ("ended_at__isnull", False), ("status__in", ["paid", "waived"])
                            ),
                            _connector="OR",
                        ),
                        name="bill_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bank_row", None), ("kind", "onward"), ("status", "paid")),
                            models.Q(
                                ("bank_row__isnull", False),
                                ("status", "paid"),
                                models.Q(("kind", "onward"), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "paid"), _negated=True), ("bank_row", None)
                            ),
                            _connector="OR",
                        ),
                        name="bill_paid_is_matched",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paid_on__isnull", False), ("status__in", ["proved", "paid"])
                            ),
                            models.Q(("paid_on", None), ("status__in", ["open", "waived"])),
                            _connector="OR",
                        ),
                        name="bill_proved_says_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "refund"), ("refunds__isnull", False)),
                            models.Q(
                                models.Q(("kind", "refund"), _negated=True), ("refunds", None)
                            ),
                            _connector="OR",
                        ),
                        name="bill_refund_is_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measured_at", None), ("reached_fen", None)),
                            models.Q(
                                ("measured_at__isnull", False), ("reached_fen__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="bill_measured",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="billstep",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "late")),
                        fields=("bill",),
                        name="bill_late_told_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="billstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("kind", "invoiced"), _negated=True),
                                models.Q(("number", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("kind", "proved"), _negated=True),
                                ("file__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("kind__in", ["returned", "waived"]), _negated=True),
                                models.Q(("note", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="bill_step_says_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="controltotal",
                    constraint=models.UniqueConstraint(
                        fields=("feed", "day"), name="control_total_once_a_day"
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderevent",
                    index=models.Index(fields=["occurred_at"], name="order_event_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="orderevent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("event_id", ""), _negated=True),
                        fields=("feed", "event_id"),
                        name="order_event_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderevent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("event_id", "")),
                        fields=("line", "kind", "phase", "amount_fen", "occurred_at"),
                        name="order_event_without_id_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderevent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "settled")),
                        fields=("line", "phase"),
                        name="order_event_phase_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderevent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "paid")),
                        fields=("line",),
                        name="order_event_paid_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "settled"), ("phase__gte", 1)),
                            models.Q(models.Q(("kind", "settled"), _negated=True), ("phase", 0)),
                            _connector="OR",
                        ),
                        name="order_event_phase_of_settled",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen__gte", 0)), name="order_event_amount"
                    ),
                ),
                migrations.AddIndex(
                    model_name="linehold",
                    index=models.Index(
                        fields=["cause_type", "cause_id"], name="line_hold_of_cause"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linehold",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("line",),
                        name="line_hold_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linehold",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at", None), ("returned_bp", None)),
                            models.Q(
                                ("released_at__isnull", False), ("returned_bp__range", (0, 10000))
                            ),
                            _connector="OR",
                        ),
                        name="line_hold_released_with_outcome",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linehold",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("roles", []), _negated=True),
                        name="line_hold_of_somebody",
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderline",
                    index=models.Index(
                        condition=models.Q(("merchant__isnull", False)),
                        fields=["merchant", "-paid_at", "-id"],
                        name="order_line_of_merchant",
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderline",
                    index=models.Index(
                        condition=models.Q(("creator__isnull", False)),
                        fields=["creator", "-paid_at", "-id"],
                        name="order_line_of_creator",
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderline",
                    index=models.Index(
                        condition=models.Q(("agency__isnull", False)),
                        fields=["agency", "-paid_at", "-id"],
                        name="order_line_of_agency",
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderline",
                    index=models.Index(
                        condition=models.Q(("provider__isnull", False)),
                        fields=["provider", "-paid_at", "-id"],
                        name="order_line_of_provider",
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderline",
                    index=models.Index(
                        condition=models.Q(("leader__isnull", False)),
                        fields=["leader", "-paid_at", "-id"],
                        name="order_line_of_leader",
                    ),
                ),
                migrations.AddIndex(
                    model_name="orderline",
                    index=models.Index(fields=["-paid_at", "-id"], name="order_line_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="orderline",
                    constraint=models.UniqueConstraint(
                        fields=("feed", "order", "line"), name="order_line_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paid_at", None),
                                ("paid_fen", 0),
                                ("refunded_fen", 0),
                                ("settled_fen", 0),
                                ("terms", None),
                            ),
                            models.Q(("paid_at__isnull", False), ("terms__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_line_paid_has_terms",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="orderline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("settled_fen__range", (0, models.F("paid_fen"))),
                            ("refunded_fen__range", (0, models.F("paid_fen"))),
                        ),
                        name="order_line_amounts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="versionseal",
                    constraint=models.UniqueConstraint(
                        fields=("version", "side"), name="version_seal_once_a_side"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="versionseal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("side__in", ["payer", "payee"]),
                            models.Q(
                                models.Q(
                                    ("file__isnull", False), ("reference", ""), ("way", "scan")
                                ),
                                models.Q(
                                    ("file", None),
                                    ("way", "esign"),
                                    models.Q(("reference", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="version_seal_is_shown",
                    ),
                ),
            ]
        ),
    ]
