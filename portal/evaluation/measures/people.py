"""Talent and improvement: who works there, and what they learn."""

from django.utils.translation import gettext_lazy as _

from portal.evaluation.measures.shape import BOTH, Measure

MEASURES = [
    # --- talent -----------------------------------------------------------------------------------
    Measure(
        "staff_certified",
        _("Staff holding a valid certificate"),
        "%",
        _("The share at the end of the month; the sample is of heads."),
        "roster",
        0,
        100,
    ),
    Measure(
        "roles_filled",
        _("Roles of the declared services that are filled"),
        "%",
        _("The share at the end of the month."),
        "roster",
        0,
        100,
    ),
    Measure(
        "staff_retention",
        _("Staff still here after 12 months"),
        "%",
        _("Of those here a year before, the share still here; the sample is of them."),
        "roster",
        0,
        100,
    ),
    Measure(
        "merchants_per_operator",
        _("Merchants per operator"),
        _("ratio"),
        _("Merchants served over staff in operating roles; the sample is of these."),
        "roster",
        0,
        10_000,
    ),
    Measure(
        "assessment",
        _("Practical assessment"),
        _("points"),
        _("Marks of 100 of one person."),
        "training",
        0,
        100,
    ),
    # --- improvement ------------------------------------------------------------------------------
    Measure(
        "course_completion",
        _("Course completion"),
        "%",
        _("Of the planned hours, the share attended; the sample is of hours."),
        "training",
        0,
        100,
    ),
    Measure(
        "training_hours",
        _("Training hours a head"),
        _("hours"),
        _("Hours of a year divided by heads; the sample is of heads."),
        "training",
        0,
        9_000,
    ),
    Measure(
        "task_on_time",
        _("Verified task"),
        "%",
        _("100: done by its date. 0: late or not done."),
        "rewards",
        0,
        100,
    ),
    Measure(
        "weakest_change",
        _("Change of the own two weakest dimensions"),
        _("points"),
        _("Points won since the official snapshot a year before."),
        "evaluation",
        -100,
        100,
        by_service=True,
    ),
    Measure(
        "plan_item",
        _("Item of a plan or corrective action"),
        "%",
        _("100: closed by its due date. 0: late or not closed."),
        "conduct",
        0,
        100,
        kinds=BOTH,
    ),
]
