import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_base"),
        ("cooperation", "0001_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Post",
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
                        ("brief", models.TextField(max_length=2000, verbose_name="what is wanted")),
                        ("price_low_fen", models.BigIntegerField(verbose_name="price from")),
                        ("price_high_fen", models.BigIntegerField(verbose_name="price to")),
                        (
                            "commission_least_bp",
                            models.PositiveIntegerField(verbose_name="least commission"),
                        ),
                        (
                            "carrier",
                            models.CharField(
                                choices=[("live", "Live room"), ("video", "Short video")],
                                default="live",
                                max_length=5,
                                verbose_name="shown in",
                            ),
                        ),
                        (
                            "sources",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
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
                                ),
                                size=None,
                                verbose_name="product sources",
                            ),
                        ),
                        (
                            "samples_wanted",
                            models.PositiveSmallIntegerField(default=0, verbose_name="samples"),
                        ),
                        (
                            "is_exclusive",
                            models.BooleanField(default=False, verbose_name="for us alone"),
                        ),
                        ("live_on", models.DateField(verbose_name="first shown on")),
                        ("closes_on", models.DateField(verbose_name="last day for applications")),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="length (months)"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("open", "Open"),
                                    ("paused", "Paused"),
                                    ("closed", "Closed"),
                                    ("expired", "Expired"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        ("paused_at", models.DateTimeField(null=True, verbose_name="paused at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "categories",
                            models.ManyToManyField(
                                to="parties.category", verbose_name="categories"
                            ),
                        ),
                        (
                            "poster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="poster",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recruiting post",
                        "verbose_name_plural": "recruiting posts",
                    },
                ),
                migrations.CreateModel(
                    name="Application",
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
                                    ("submitted", "Submitted"),
                                    ("shortlisted", "Shortlisted"),
                                    ("negotiating", "Negotiating"),
                                    ("accepted", "Accepted"),
                                    ("rejected", "Rejected"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Lapsed"),
                                ],
                                default="submitted",
                                max_length=11,
                                verbose_name="status",
                            ),
                        ),
                        ("price_fen", models.BigIntegerField(verbose_name="price")),
                        ("score", models.SmallIntegerField(verbose_name="reputation")),
                        ("match_bp", models.PositiveIntegerField(verbose_name="match")),
                        ("certainty", models.PositiveSmallIntegerField(verbose_name="certainty")),
                        (
                            "is_exclusive",
                            models.BooleanField(default=False, verbose_name="for the poster alone"),
                        ),
                        ("commission_bp", models.PositiveIntegerField(verbose_name="commission")),
                        (
                            "samples",
                            models.PositiveSmallIntegerField(default=0, verbose_name="samples"),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="a word with it"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        (
                            "offered_by",
                            models.CharField(
                                choices=[("poster", "The poster"), ("merchant", "The merchant")],
                                default="merchant",
                                max_length=8,
                                verbose_name="last offer by",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("audience", "Does not fit the audience"),
                                    ("price", "The price does not fit"),
                                    ("commission", "The commission is too low"),
                                    ("quality", "Not convinced of the quality"),
                                    ("samples", "Samples are missing or came late"),
                                    ("timing", "The dates do not fit"),
                                    ("another", "A similar product was chosen"),
                                    ("closed", "The post was closed"),
                                    ("stock", "Not enough stock"),
                                    ("terms", "The terms do not suit us"),
                                    ("dates", "We cannot keep the dates"),
                                    ("promised", "Promised to somebody else"),
                                ],
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "reason_note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                        ("waits_since", models.DateTimeField(verbose_name="waits since")),
                        (
                            "reminded_at",
                            models.DateTimeField(null=True, verbose_name="reminded at"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "cooperation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="application",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="catalogue.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="recruiting.post",
                                verbose_name="post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application to a post",
                        "verbose_name_plural": "applications to posts",
                    },
                ),
                migrations.CreateModel(
                    name="PostDraft",
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="poster",
                            ),
                        ),
                        (
                            "post",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="typed",
                                to="recruiting.post",
                                verbose_name="post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "unfinished post",
                        "verbose_name_plural": "unfinished posts",
                    },
                ),
                migrations.CreateModel(
                    name="PostSearch",
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
                        ("query", models.CharField(max_length=400, verbose_name="search")),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
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
                        "verbose_name": "saved search of posts",
                        "verbose_name_plural": "saved searches of posts",
                    },
                ),
                migrations.CreateModel(
                    name="PostTemplate",
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
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="poster",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "template of a post",
                        "verbose_name_plural": "templates of posts",
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
                                choices=[("poster", "The poster"), ("merchant", "The merchant")],
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
                        ("commission_bp", models.PositiveIntegerField(verbose_name="commission")),
                        (
                            "samples",
                            models.PositiveSmallIntegerField(default=0, verbose_name="samples"),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="recruiting.application",
                                verbose_name="application",
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
                    ],
                    options={
                        "verbose_name": "offer of an application",
                        "verbose_name_plural": "offers of applications",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"),
                                name="application_offer_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("commission_bp__lte", 10000)),
                                name="application_offer_commission",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agrees_to", None),
                                    ("agrees_to__lt", models.F("number")),
                                    _connector="OR",
                                ),
                                name="application_offer_agrees_to_an_earlier_one",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="post",
                    index=models.Index(
                        condition=models.Q(("status", "open")), fields=["-id"], name="post_open"
                    ),
                ),
                migrations.AddIndex(
                    model_name="post",
                    index=models.Index(
                        condition=models.Q(("status__in", ["open", "paused"])),
                        fields=["closes_on", "id"],
                        name="post_closing",
                    ),
                ),
                migrations.AddIndex(
                    model_name="post",
                    index=models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["live_on", "id"],
                        name="post_to_be_shown",
                    ),
                ),
                migrations.AddIndex(
                    model_name="post",
                    index=models.Index(fields=["poster", "-id"], name="post_of_poster"),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("price_high_fen__gt", 0),
                            ("price_low_fen__gte", 0),
                            ("price_high_fen__gte", models.F("price_low_fen")),
                        ),
                        name="post_price_band",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("commission_least_bp__lte", 10000)),
                        name="post_commission",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sources__contained_by",
                                [
                                    "shop",
                                    "taobao",
                                    "jd",
                                    "suning",
                                    "vipshop",
                                    "kaola",
                                    "yanxuan",
                                    "ymatou",
                                    "mini_program",
                                ],
                            ),
                            models.Q(("sources", []), _negated=True),
                        ),
                        name="post_sources",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_on__lte", models.F("live_on"))),
                        name="post_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("term_months__range", (1, 24))), name="post_term"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None),
                                ("paused_at", None),
                                ("published_at", None),
                                ("status", "draft"),
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("paused_at", None),
                                ("published_at__isnull", False),
                                ("status", "open"),
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("paused_at__isnull", False),
                                ("published_at__isnull", False),
                                ("status", "paused"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("paused_at", None),
                                ("status", "closed"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("paused_at", None),
                                ("published_at__isnull", False),
                                ("status", "expired"),
                            ),
                            _connector="OR",
                        ),
                        name="post_status_has_its_times",
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        fields=["post", "match_bp", "id"], name="application_by_match"
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        fields=["post", "commission_bp", "id"], name="application_by_commission"
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        fields=["post", "price_fen", "id"], name="application_by_price"
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["post", "score", "id"], name="application_by_score"),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        fields=["post", "submitted_at", "id"], name="application_by_time"
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        fields=["post", "status", "match_bp", "id"], name="application_by_status"
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        fields=["merchant", "-submitted_at", "-id"], name="application_of_merchant"
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        condition=models.Q(
                            ("status__in", ["submitted", "shortlisted", "negotiating"])
                        ),
                        fields=["waits_since"],
                        name="application_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["submitted", "shortlisted", "negotiating", "accepted"])
                        ),
                        fields=("post", "product"),
                        name="application_one_standing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("commission_bp__lte", 10000)),
                        name="application_commission",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("certainty__lte", 100), ("match_bp__lte", 10000)),
                        name="application_match",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="application_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["rejected", "withdrawn"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status__in", ["rejected", "withdrawn"]), _negated=True),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="application_loss_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None),
                                ("status__in", ["submitted", "shortlisted", "negotiating"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ["accepted", "rejected", "withdrawn", "expired"]),
                            ),
                            _connector="OR",
                        ),
                        name="application_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cooperation__isnull", False), ("status", "accepted")),
                            models.Q(
                                models.Q(("status", "accepted"), _negated=True),
                                ("cooperation", None),
                            ),
                            _connector="OR",
                        ),
                        name="application_accepted_makes_cooperation",
                    ),
                ),
                migrations.AddIndex(
                    model_name="postdraft",
                    index=models.Index(fields=["party", "-kept_at"], name="post_draft_of_party"),
                ),
                migrations.AddIndex(
                    model_name="postdraft",
                    index=models.Index(fields=["kept_at"], name="post_draft_by_age"),
                ),
                migrations.AddConstraint(
                    model_name="postdraft",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="post_draft_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="postsearch",
                    constraint=models.UniqueConstraint(
                        fields=("party", "name"), name="post_search_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="postsearch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="post_search_named"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="posttemplate",
                    constraint=models.UniqueConstraint(
                        fields=("party", "name"), name="post_template_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="posttemplate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="post_template_named"
                    ),
                ),
            ]
        ),
    ]
