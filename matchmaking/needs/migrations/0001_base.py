import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cooperation", "0001_base"),
        ("core", "0002_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Need",
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
                            "seeks",
                            models.CharField(
                                choices=[
                                    ("provider", "A service provider"),
                                    ("agency", "An agency"),
                                    ("creator", "A creator"),
                                ],
                                default="provider",
                                max_length=10,
                                verbose_name="looks for",
                            ),
                        ),
                        ("title", models.CharField(max_length=60, verbose_name="title")),
                        ("brief", models.TextField(max_length=3000, verbose_name="brief")),
                        (
                            "facts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("own_live", "Own live rooms"),
                                        ("matrix", "Creator matrix"),
                                        ("campaigns", "Campaigns"),
                                        ("top", "Top creators"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="FACT parts",
                            ),
                        ),
                        (
                            "accepts_remote",
                            models.BooleanField(default=True, verbose_name="remote work is fine"),
                        ),
                        (
                            "price_form",
                            models.CharField(
                                choices=[
                                    ("any", "Any form"),
                                    ("fixed", "Fixed fee"),
                                    ("share", "Share of the GMV"),
                                    ("both", "Base fee and share"),
                                    ("ladder", "Share that climbs with the GMV"),
                                    ("guarantee", "Guarantee or share, the greater"),
                                ],
                                default="any",
                                max_length=10,
                                verbose_name="form of the price",
                            ),
                        ),
                        (
                            "budget_low_fen",
                            models.BigIntegerField(verbose_name="budget from (a month)"),
                        ),
                        (
                            "budget_high_fen",
                            models.BigIntegerField(verbose_name="budget to (a month)"),
                        ),
                        (
                            "share_low_bp",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="share from"
                            ),
                        ),
                        (
                            "share_high_bp",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="share to"
                            ),
                        ),
                        (
                            "followers_least",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="followers at least"
                            ),
                        ),
                        (
                            "shopping_least",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="shopping followers at least"
                            ),
                        ),
                        (
                            "goods_low_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="price of the goods from"
                            ),
                        ),
                        (
                            "goods_high_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="price of the goods to"
                            ),
                        ),
                        (
                            "lives_wanted",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="live sessions"
                            ),
                        ),
                        (
                            "videos_wanted",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="videos"
                            ),
                        ),
                        (
                            "gives_samples",
                            models.BooleanField(default=False, verbose_name="samples are given"),
                        ),
                        (
                            "roster_least",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="creators at least"
                            ),
                        ),
                        (
                            "creator_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Any level"),
                                    ("junior", "10,000 followers and more"),
                                    ("mid", "Mid-tier: 100,000 followers and more"),
                                    ("top", "Top: a million followers and more"),
                                ],
                                max_length=6,
                                verbose_name="level of the creators",
                            ),
                        ),
                        (
                            "creators_wanted",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="creators to bring"
                            ),
                        ),
                        (
                            "gmv_target_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="GMV target"
                            ),
                        ),
                        (
                            "gmv_low_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="GMV if it goes badly"
                            ),
                        ),
                        (
                            "gmv_high_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="GMV if it goes well"
                            ),
                        ),
                        (
                            "priority_price",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="price matters"
                            ),
                        ),
                        (
                            "priority_experience",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="experience matters"
                            ),
                        ),
                        (
                            "priority_score",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="evaluation matters"
                            ),
                        ),
                        (
                            "priority_speed",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="speed matters"
                            ),
                        ),
                        (
                            "priority_connection",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="connection matters"
                            ),
                        ),
                        (
                            "priority_growth",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="growth matters"
                            ),
                        ),
                        (
                            "priority_talent",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="talent matters"
                            ),
                        ),
                        (
                            "priority_improvement",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="improvement matters"
                            ),
                        ),
                        (
                            "priority_health",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="health matters"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="start")),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(verbose_name="length (months)"),
                        ),
                        ("closes_on", models.DateField(verbose_name="last day for proposals")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("open", "Open"),
                                    ("matched", "Proposals received"),
                                    ("awarded", "Awarded"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                    ("expired", "Expired"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        (
                            "answer_by",
                            models.DateTimeField(null=True, verbose_name="order answered until"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "categories",
                            models.ManyToManyField(
                                to="parties.category", verbose_name="categories"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.city",
                                verbose_name="city of the work",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "only_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="private_needs",
                                to="parties.party",
                                verbose_name="for this party alone",
                            ),
                        ),
                        (
                            "services",
                            models.ManyToManyField(
                                blank=True, to="parties.servicetype", verbose_name="services"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "need",
                        "verbose_name_plural": "needs",
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("invited", "Invited"),
                                    ("applied", "Drafting"),
                                    ("submitted", "Submitted"),
                                    ("shortlisted", "Shortlisted"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Lapsed"),
                                ],
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "plan",
                            models.TextField(blank=True, max_length=5000, verbose_name="plan"),
                        ),
                        ("team", models.CharField(blank=True, max_length=200, verbose_name="team")),
                        (
                            "lives",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="live sessions"
                            ),
                        ),
                        (
                            "videos",
                            models.PositiveSmallIntegerField(null=True, verbose_name="videos"),
                        ),
                        (
                            "samples_wanted",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="samples wanted"
                            ),
                        ),
                        (
                            "delivers_by",
                            models.DateField(null=True, verbose_name="all delivered by"),
                        ),
                        (
                            "creators",
                            models.PositiveIntegerField(
                                null=True, verbose_name="creators it brings"
                            ),
                        ),
                        (
                            "monthly_fee_fen",
                            models.BigIntegerField(null=True, verbose_name="fixed fee a month"),
                        ),
                        (
                            "share_bp",
                            models.PositiveIntegerField(
                                null=True, verbose_name="share of settled net GMV"
                            ),
                        ),
                        (
                            "ladder",
                            models.JSONField(blank=True, default=list, verbose_name="ladder"),
                        ),
                        (
                            "is_guarantee",
                            models.BooleanField(
                                default=False, verbose_name="the fee is a guarantee"
                            ),
                        ),
                        ("starts_on", models.DateField(null=True, verbose_name="earliest start")),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="length (months)"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                        (
                            "offered_by",
                            models.CharField(
                                blank=True,
                                choices=[("bidder", "The bidder"), ("merchant", "The merchant")],
                                max_length=8,
                                verbose_name="last offer by",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("price", "Price above our budget"),
                                    ("experience", "Too little experience in the category"),
                                    ("team", "Team does not fit"),
                                    ("timing", "Cannot start in time"),
                                    ("another", "Another proposal was chosen"),
                                    ("changed", "The need has changed"),
                                    ("capacity", "No capacity left"),
                                    ("mismatch", "The brief does not fit us"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "reason_note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        (
                            "concerns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("same_code", "Both are the same registered organisation."),
                                        ("same_name", "Both have the same registered name."),
                                        ("same_person", "The same person speaks for both."),
                                        ("same_phone", "Both have the same contact phone."),
                                        (
                                            "rival",
                                            "It works for another merchant in this category now.",
                                        ),
                                        (
                                            "roster",
                                            "The merchant works already with an agency or a creator of its roster.",
                                        ),
                                    ],
                                    max_length=12,
                                ),
                                null=True,
                                size=None,
                                verbose_name="conflicts of interest",
                            ),
                        ),
                        (
                            "lost_by",
                            models.JSONField(null=True, verbose_name="against the awarded one"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("invited_at", models.DateTimeField(null=True, verbose_name="invited at")),
                        (
                            "submitted_at",
                            models.DateTimeField(null=True, verbose_name="submitted at"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "contacts_agreed_at",
                            models.DateTimeField(null=True, verbose_name="contacts exchanged at"),
                        ),
                        (
                            "cooperation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="needs.need",
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="provider",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal",
                        "verbose_name_plural": "proposals",
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        (
                            "side",
                            models.CharField(
                                choices=[("bidder", "The bidder"), ("merchant", "The merchant")],
                                max_length=8,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "agrees_to",
                            models.PositiveIntegerField(
                                null=True, verbose_name="agrees to version"
                            ),
                        ),
                        (
                            "monthly_fee_fen",
                            models.BigIntegerField(verbose_name="fixed fee a month"),
                        ),
                        (
                            "share_bp",
                            models.PositiveIntegerField(verbose_name="share of settled net GMV"),
                        ),
                        ("ladder", models.JSONField(default=list, verbose_name="ladder")),
                        (
                            "is_guarantee",
                            models.BooleanField(
                                default=False, verbose_name="the fee is a guarantee"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="start")),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(verbose_name="length (months)"),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="needs.proposal",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "offer",
                        "verbose_name_plural": "offers",
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        (
                            "side",
                            models.CharField(
                                choices=[("bidder", "The bidder"), ("merchant", "The merchant")],
                                max_length=8,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(blank=True, max_length=2000, verbose_name="text"),
                        ),
                        (
                            "is_masked",
                            models.BooleanField(default=False, verbose_name="contacts masked"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "files",
                            models.ManyToManyField(
                                blank=True, to="core.storedfile", verbose_name="files"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="needs.proposal",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message of a proposal",
                        "verbose_name_plural": "messages of proposals",
                    },
                ),
                migrations.CreateModel(
                    name="Block",
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
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted at")),
                        (
                            "blocked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="whom",
                            ),
                        ),
                        (
                            "blocker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
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
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="needs.proposal",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "block",
                        "verbose_name_plural": "blocks",
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                        ("text", models.CharField(max_length=500, verbose_name="question")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=1000, verbose_name="answer"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="needs.need",
                                verbose_name="need",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                    },
                ),
                migrations.CreateModel(
                    name="ResponseFact",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("invitation", "Invitation"),
                                    ("order", "Order"),
                                    ("offer", "Other terms"),
                                    ("message", "Message"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("ref", models.CharField(max_length=40, verbose_name="what was answered")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        ("minutes", models.PositiveIntegerField(verbose_name="working minutes")),
                        ("at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer in time",
                        "verbose_name_plural": "answers in time",
                    },
                ),
                migrations.CreateModel(
                    name="ResponsePace",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="pace",
                                serialize=False,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        ("asked", models.PositiveIntegerField(verbose_name="asked")),
                        ("answered", models.PositiveIntegerField(verbose_name="answered")),
                        (
                            "median_minutes",
                            models.PositiveIntegerField(
                                null=True, verbose_name="median (working minutes)"
                            ),
                        ),
                        ("made_on", models.DateField(verbose_name="made on")),
                    ],
                    options={
                        "verbose_name": "pace of answers",
                        "verbose_name_plural": "paces of answers",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("answered__lte", models.F("asked"))),
                                name="pace_counts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered", 0), ("median_minutes", None)),
                                    models.Q(
                                        ("answered__gt", 0), ("median_minutes__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="pace_has_median",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceOffer",
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
                        ("title", models.CharField(max_length=60, verbose_name="title")),
                        ("scope", models.TextField(max_length=3000, verbose_name="scope")),
                        (
                            "monthly_fee_fen",
                            models.BigIntegerField(verbose_name="fixed fee a month"),
                        ),
                        (
                            "share_bp",
                            models.PositiveIntegerField(verbose_name="share of settled net GMV"),
                        ),
                        (
                            "ladder",
                            models.JSONField(blank=True, default=list, verbose_name="ladder"),
                        ),
                        (
                            "is_guarantee",
                            models.BooleanField(
                                default=False, verbose_name="the fee is a guarantee"
                            ),
                        ),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(verbose_name="length (months)"),
                        ),
                        (
                            "lead_days",
                            models.PositiveSmallIntegerField(verbose_name="starts after (days)"),
                        ),
                        (
                            "answer_hours",
                            models.PositiveSmallIntegerField(
                                verbose_name="answers within (working hours)"
                            ),
                        ),
                        (
                            "most_open",
                            models.PositiveSmallIntegerField(verbose_name="orders at once"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("shown", "Shown"),
                                    ("hidden", "Hidden"),
                                ],
                                default="draft",
                                max_length=6,
                                verbose_name="status",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_offers",
                                to="parties.party",
                                verbose_name="offered by",
                            ),
                        ),
                        (
                            "services",
                            models.ManyToManyField(
                                blank=True, to="parties.servicetype", verbose_name="services"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "service offer",
                        "verbose_name_plural": "service offers",
                    },
                ),
                migrations.CreateModel(
                    name="Talk",
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
                                choices=[("contacts", "Exchange of contacts"), ("call", "Call")],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for an answer"),
                                    ("agreed", "Agreed"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("lapsed", "Not answered in time"),
                                    ("cancelled", "Cancelled"),
                                    ("over", "Over"),
                                ],
                                default="proposed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "asked_by",
                            models.CharField(
                                choices=[("bidder", "The bidder"), ("merchant", "The merchant")],
                                max_length=8,
                                verbose_name="last asked by",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        (
                            "times",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateTimeField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="times suggested",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="length (minutes)"
                            ),
                        ),
                        ("link", models.CharField(blank=True, max_length=300, verbose_name="link")),
                        ("starts_at", models.DateTimeField(null=True, verbose_name="begins")),
                        ("ends_at", models.DateTimeField(null=True, verbose_name="ends")),
                        ("answer_by", models.DateTimeField(null=True, verbose_name="answer until")),
                        ("remind_at", models.DateTimeField(null=True, verbose_name="reminder due")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="talks",
                                to="needs.proposal",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact or call",
                        "verbose_name_plural": "contacts and calls",
                    },
                ),
                migrations.CreateModel(
                    name="TalkStep",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        (
                            "side",
                            models.CharField(
                                blank=True,
                                choices=[("bidder", "The bidder"), ("merchant", "The merchant")],
                                max_length=8,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("propose", "proposed it"),
                                    ("suggest", "suggested other times"),
                                    ("agree", "agreed"),
                                    ("keep", "kept the time that was booked"),
                                    ("decline", "declined"),
                                    ("withdraw", "took it back"),
                                    ("cancel", "cancelled it"),
                                    ("lapse", "nobody answered in time"),
                                    ("end", "ended with the proposal"),
                                ],
                                max_length=8,
                                verbose_name="what",
                            ),
                        ),
                        (
                            "times",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateTimeField(),
                                default=list,
                                size=None,
                                verbose_name="times",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="in words"),
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
                            "talk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="needs.talk",
                                verbose_name="contact or call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a contact or call",
                        "verbose_name_plural": "steps of contacts and calls",
                    },
                ),
                migrations.CreateModel(
                    name="MessageReport",
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
                            "reason",
                            models.CharField(
                                choices=[
                                    ("spam", "Unwanted advertising"),
                                    ("abuse", "Insult or threat"),
                                    ("fraud", "Fraud, or fake orders"),
                                    ("contact", "Leads away from the platform"),
                                    ("other", "Something else"),
                                ],
                                max_length=8,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("upheld", "Message removed"),
                                    ("dismissed", "Nothing found"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
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
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="needs.message",
                                verbose_name="message",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="reported by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report of a message",
                        "verbose_name_plural": "reports of messages",
                        "permissions": [("decide_messagereport", "Can decide reports of messages")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "open")),
                                fields=["at"],
                                name="report_queue",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("message", "party"), name="report_once_a_party"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("status", "open")),
                                    models.Q(
                                        models.Q(("status", "open"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="report_decided_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exposure",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("place", models.PositiveIntegerField(verbose_name="place")),
                        ("is_newcomer_place", models.BooleanField(verbose_name="newcomer's place")),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exposures",
                                to="parties.party",
                                verbose_name="provider",
                            ),
                        ),
                        (
                            "viewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exposures_seen",
                                to="parties.party",
                                verbose_name="seen by",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exposures",
                                to="needs.need",
                                verbose_name="need",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exposure",
                        "verbose_name_plural": "exposures",
                        "indexes": [
                            models.Index(fields=["day", "provider"], name="exposure_by_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("need", "provider", "day"), name="exposure_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__gte", 1)), name="exposure_place"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedDraft",
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
                        ("values", models.JSONField(verbose_name="as typed")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("kept_at", models.DateTimeField(verbose_name="kept at")),
                        (
                            "kept_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="kept by",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "need",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="typed",
                                to="needs.need",
                                verbose_name="need",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "unfinished need",
                        "verbose_name_plural": "unfinished needs",
                        "indexes": [
                            models.Index(
                                fields=["merchant", "-kept_at"], name="need_draft_of_merchant"
                            ),
                            models.Index(fields=["kept_at"], name="need_draft_by_age"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)), name="need_draft_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedTemplate",
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
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("values", models.JSONField(verbose_name="values")),
                        ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                        (
                            "changed_at",
                            models.DateTimeField(editable=False, verbose_name="changed at"),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "template of a need",
                        "verbose_name_plural": "templates of needs",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("merchant", "name"),
                                name="need_template_name",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="need_template_named",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="need",
                    name="service_offer",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="needs.serviceoffer",
                        verbose_name="service offer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["provider", "-id"], name="proposal_of_provider"),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        fields=("need", "provider"), name="proposal_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "accepted")),
                        fields=("need",),
                        name="proposal_one_accepted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    ["submitted", "shortlisted", "accepted", "declined"],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("monthly_fee_fen__isnull", False),
                                ("share_bp__isnull", False),
                                ("starts_on__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_submitted_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("monthly_fee_fen", None), ("share_bp", None)),
                            models.Q(
                                ("monthly_fee_fen__gte", 0),
                                ("share_bp__gte", 0),
                                ("share_bp__lte", 10000),
                                models.Q(
                                    ("monthly_fee_fen__gt", 0), ("share_bp__gt", 0), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_price",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_guarantee", False),
                            models.Q(("monthly_fee_fen__gt", 0), ("share_bp__gt", 0)),
                            _connector="OR",
                        ),
                        name="proposal_guarantee_has_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("creators", None),
                            models.Q(
                                ("delivers_by", None),
                                ("lives", None),
                                ("samples_wanted", None),
                                ("videos", None),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_promises_of_one_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at", None),
                            models.Q(
                                ("version__gte", 1), models.Q(("offered_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="proposal_submitted_has_version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["declined", "withdrawn"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_loss_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("concerns", None), ("status", "accepted"), _connector="OR"
                        ),
                        name="proposal_concerns_of_an_award",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cooperation__isnull", False), ("status", "accepted")),
                            models.Q(
                                models.Q(("status", "accepted"), _negated=True),
                                ("cooperation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_accepted_makes_cooperation",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="offer",
                    constraint=models.UniqueConstraint(
                        fields=("proposal", "number"), name="offer_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="offer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("monthly_fee_fen__gte", 0),
                            ("share_bp__gte", 0),
                            ("share_bp__lte", 10000),
                            models.Q(
                                ("monthly_fee_fen__gt", 0), ("share_bp__gt", 0), _connector="OR"
                            ),
                        ),
                        name="offer_price",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="offer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_guarantee", False),
                            models.Q(("monthly_fee_fen__gt", 0), ("share_bp__gt", 0)),
                            _connector="OR",
                        ),
                        name="offer_guarantee_has_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="offer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("term_months__gte", 1), ("term_months__lte", 36)),
                        name="offer_term",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="offer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("agrees_to", None),
                            ("agrees_to__lt", models.F("number")),
                            _connector="OR",
                        ),
                        name="offer_agrees_to_an_earlier_one",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["proposal", "side"],
                        name="message_unread",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.UniqueConstraint(
                        fields=("proposal", "number"), name="message_number_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="block",
                    index=models.Index(
                        condition=models.Q(("lifted_at", None)),
                        fields=["blocked"],
                        name="block_of_blocked",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="block",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("blocker", "blocked"),
                        name="block_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="block",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("blocker", models.F("blocked")), _negated=True),
                        name="block_not_oneself",
                    ),
                ),
                migrations.AddIndex(
                    model_name="question",
                    index=models.Index(fields=["need", "id"], name="question_of_need"),
                ),
                migrations.AddConstraint(
                    model_name="question",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_answer_has_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="responsefact",
                    index=models.Index(fields=["at", "party"], name="response_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="responsefact",
                    constraint=models.UniqueConstraint(
                        fields=("party", "kind", "ref"), name="response_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="responsefact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None),
                            ("answered_at__gte", models.F("asked_at")),
                            _connector="OR",
                        ),
                        name="response_after_the_question",
                    ),
                ),
                migrations.AddIndex(
                    model_name="serviceoffer",
                    index=models.Index(
                        condition=models.Q(("status", "shown")),
                        fields=["-id"],
                        name="service_offer_shown",
                    ),
                ),
                migrations.AddIndex(
                    model_name="serviceoffer",
                    index=models.Index(
                        fields=["provider", "-id"], name="service_offer_of_provider"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceoffer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("monthly_fee_fen__gte", 0),
                            ("share_bp__gte", 0),
                            ("share_bp__lte", 10000),
                            models.Q(
                                ("monthly_fee_fen__gt", 0), ("share_bp__gt", 0), _connector="OR"
                            ),
                        ),
                        name="service_offer_price",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceoffer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_guarantee", False),
                            models.Q(("monthly_fee_fen__gt", 0), ("share_bp__gt", 0)),
                            _connector="OR",
                        ),
                        name="service_offer_guarantee_has_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceoffer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answer_hours__gte", 1),
                            ("answer_hours__lte", 45),
                            ("lead_days__lte", 90),
                            ("most_open__gte", 1),
                            ("term_months__gte", 1),
                            ("term_months__lte", 36),
                        ),
                        name="service_offer_limits",
                    ),
                ),
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(
                        condition=models.Q(("status__in", ["open", "matched"])),
                        fields=["-id"],
                        name="need_open",
                    ),
                ),
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(fields=["merchant", "-id"], name="need_of_merchant"),
                ),
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(
                        condition=models.Q(("answer_by__isnull", False), ("status", "matched")),
                        fields=["answer_by"],
                        name="need_order_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("budget_high_fen__gte", models.F("budget_low_fen")),
                            ("budget_low_fen__gte", 0),
                        ),
                        name="need_budget",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_by", None), ("service_offer", None)),
                            models.Q(
                                ("answer_by__isnull", False),
                                ("only_for__isnull", False),
                                ("service_offer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="need_order_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("only_for", models.F("merchant")), _negated=True),
                        name="need_not_for_oneself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("facts__contained_by", ["own_live", "matrix", "campaigns", "top"])
                        ),
                        name="need_facts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("share_high_bp", None), ("share_low_bp", None)),
                            models.Q(
                                ("share_high_bp__lte", 10000),
                                ("share_low_bp__lte", models.F("share_high_bp")),
                            ),
                            _connector="OR",
                        ),
                        name="need_share_band",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("price_form", "any"),
                            models.Q(
                                ("budget_high_fen__gt", 0),
                                ("price_form", "fixed"),
                                ("share_high_bp", None),
                            ),
                            models.Q(
                                ("budget_high_fen__gt", 0),
                                ("price_form__in", ["both", "guarantee"]),
                                ("share_high_bp__gt", 0),
                            ),
                            models.Q(
                                ("price_form__in", ["share", "ladder"]), ("share_high_bp__gt", 0)
                            ),
                            _connector="OR",
                        ),
                        name="need_price_form_has_its_band",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("seeks", "creator"),
                            models.Q(
                                ("followers_least", None),
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
                            ("seeks", "agency"),
                            models.Q(
                                ("creator_level", ""),
                                ("creators_wanted", None),
                                ("roster_least", None),
                            ),
                            _connector="OR",
                        ),
                        name="need_asks_of_agencies_alone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("followers_least", None),
                                ("followers_least__gt", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("shopping_least", None), ("shopping_least__gt", 0), _connector="OR"
                            ),
                            models.Q(
                                ("goods_high_fen", None), ("goods_high_fen__gt", 0), _connector="OR"
                            ),
                            models.Q(
                                ("lives_wanted", None), ("lives_wanted__gt", 0), _connector="OR"
                            ),
                            models.Q(
                                ("videos_wanted", None), ("videos_wanted__gt", 0), _connector="OR"
                            ),
                            models.Q(
                                ("roster_least", None), ("roster_least__gt", 0), _connector="OR"
                            ),
                            models.Q(
                                ("creators_wanted", None),
                                ("creators_wanted__gt", 0),
                                _connector="OR",
                            ),
                        ),
                        name="need_asks_for_some",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("goods_high_fen", None), ("goods_low_fen", None)),
                            models.Q(
                                ("goods_high_fen__isnull", False),
                                ("goods_low_fen__gte", 0),
                                ("goods_low_fen__lte", models.F("goods_high_fen")),
                            ),
                            _connector="OR",
                        ),
                        name="need_goods_band",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("creator_level__in", ["", "junior", "mid", "top"])),
                        name="need_creator_level",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("gmv_target_fen", None), ("gmv_target_fen__gt", 0), _connector="OR"
                        ),
                        name="need_gmv_target",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("gmv_low_fen", None), ("gmv_low_fen__gt", 0), _connector="OR"
                            ),
                            models.Q(
                                ("gmv_low_fen", None),
                                ("gmv_target_fen__gte", models.F("gmv_low_fen")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("gmv_high_fen", None),
                                ("gmv_high_fen__gte", models.F("gmv_target_fen")),
                                _connector="OR",
                            ),
                        ),
                        name="need_gmv_scenarios",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("priority_experience__lte", 10),
                            ("priority_price__lte", 10),
                            ("priority_score__lte", 10),
                            ("priority_speed__lte", 10),
                        ),
                        name="need_priorities",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("priority_connection__lte", 10),
                            ("priority_growth__lte", 10),
                            ("priority_health__lte", 10),
                            ("priority_improvement__lte", 10),
                            ("priority_talent__lte", 10),
                        ),
                        name="need_dimension_priorities",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("term_months__gte", 1), ("term_months__lte", 36)),
                        name="need_term",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("city__isnull", False), ("accepts_remote", True), _connector="OR"
                        ),
                        name="need_somewhere",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "cancelled"]),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="need_published_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("status__in", ["draft", "open", "matched"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ["awarded", "closed", "cancelled", "expired"]),
                            ),
                            _connector="OR",
                        ),
                        name="need_ended_has_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="talk",
                    index=models.Index(
                        condition=models.Q(("answer_by__isnull", False)),
                        fields=["answer_by"],
                        name="talk_unanswered",
                    ),
                ),
                migrations.AddIndex(
                    model_name="talk",
                    index=models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="talk_to_remind",
                    ),
                ),
                migrations.AddIndex(
                    model_name="talk",
                    index=models.Index(
                        condition=models.Q(("kind", "call"), ("status", "agreed")),
                        fields=["ends_at"],
                        name="talk_booked",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["proposed", "agreed"])),
                        fields=("proposal", "kind"),
                        name="talk_one_standing_of_a_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "contacts"),
                                ("link", ""),
                                ("minutes", None),
                                ("starts_at", None),
                                ("times__len", 0),
                            ),
                            models.Q(
                                ("kind", "call"),
                                ("minutes__in", (15, 30, 45, 60, 90)),
                                ("times__len__lte", 3),
                            ),
                            _connector="OR",
                        ),
                        name="talk_is_of_its_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "proposed"), _negated=True),
                            models.Q(
                                ("answer_by__isnull", False),
                                ("starts_at", None),
                                models.Q(
                                    ("kind", "contacts"), ("times__len__gte", 1), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="talk_proposed_waits",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "agreed"), _negated=True),
                            models.Q(("answer_by", None), ("times__len", 0)),
                            models.Q(("answer_by__isnull", False), ("times__len__gte", 1)),
                            _connector="OR",
                        ),
                        name="talk_suggestion_waits",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "call"),
                                ("status__in", ["agreed", "over", "cancelled"]),
                                _negated=True,
                            ),
                            ("starts_at__isnull", False),
                            _connector="OR",
                        ),
                        name="talk_agreed_call_has_its_hour",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("starts_at", None)),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="talk_has_both_hours",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("remind_at", None),
                            models.Q(
                                ("kind", "call"),
                                ("remind_at__lt", models.F("starts_at")),
                                ("status", "agreed"),
                            ),
                            _connector="OR",
                        ),
                        name="talk_reminds_of_a_call",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status__in", ["proposed", "agreed"])),
                            models.Q(
                                ("answer_by", None),
                                ("ended_at__isnull", False),
                                (
                                    "status__in",
                                    ["declined", "withdrawn", "lapsed", "cancelled", "over"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="talk_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkstep",
                    constraint=models.UniqueConstraint(
                        fields=("talk", "number"), name="talk_step_once"
                    ),
                ),
            ]
        ),
    ]
