"""Every front door. A door opens with the part that builds it; until then it is a 404."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal.core.routing import by_first_word
from portal.pages.language import set_language
from portal.parties.views import binding_list

doors: list[URLPattern | URLResolver] = [
    path("", include("portal.pages.urls")),
    path("", include("portal.core.urls")),
    path("accounts/3rdparty/", binding_list, name="binding_list"),  # before allauth's own
    path("accounts/", include("allauth.urls")),
    path("", include("portal.policies.urls")),
    path("", include("portal.moderation.urls")),
    path("", include("portal.parties.urls")),
    path("", include("portal.ledger.urls")),
    path("", include("portal.evaluation.urls")),
    path("", include("portal.activity.urls")),
    path("", include("portal.conduct.urls")),
    path("", include("portal.revenue.urls")),
    path("", include("portal.invoicing.urls")),
    path("", include("portal.settlement.urls")),
    path("", include("portal.reconciliation.urls")),
    path("", include("portal.payouts.urls")),
    path("", include("portal.growth.urls")),
    path("", include("portal.rewards.urls")),
    path("", include("portal.tiers.urls")),
    path("", include("portal.notices.urls")),
    path("", include("portal.webhooks.urls")),
    path("", include("portal.help.urls")),
    path("", include("portal.recruitment.urls")),
    path("", include("portal.search.urls")),
    path("", include("portal.directory.urls")),
    path("", include("portal.goals.urls")),
    path("", include("matchmaking.catalogue.urls")),
    path("", include("matchmaking.cooperation.urls")),
    path("", include("matchmaking.recruiting.urls")),
    path("", include("matchmaking.needs.urls")),
    path("", include("matchmaking.brokerage.urls")),
    path("", include("matchmaking.samples.urls")),
    path("", include("matchmaking.content.urls")),
    path("", include("matchmaking.choosing.urls")),
    path("", include("matchmaking.fairs.urls")),
    path("", include("training.courses.urls")),
    path("", include("training.learning.urls")),
    path("", include("training.certificates.urls")),
    path("", include("training.assessment.urls")),
    path("", include("training.advice.urls")),
    by_first_word(path("api/v1/", include("portal.api_urls"))),
    path("i18n/setlang/", set_language, name="set_language"),
    by_first_word(path("admin/", admin.site.urls)),
]
urlpatterns = [by_first_word(path("", include(doors)))]
