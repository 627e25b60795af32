"""The API: the same services, the same sentences of refusal."""

from django.urls import include, path

from portal.core.api.root import api_root
from portal.core.api.schema import SchemaView

urlpatterns = [
    path("", api_root, name="api_root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("", include("portal.core.api_urls")),
    path("", include("portal.policies.api_urls")),
    path("", include("portal.moderation.api_urls")),
    path("", include("portal.parties.api_urls")),
    path("", include("portal.ledger.api_urls")),
    path("", include("portal.evaluation.api_urls")),
    path("", include("portal.activity.api_urls")),
    path("", include("portal.conduct.api_urls")),
    path("", include("portal.revenue.api_urls")),
    path("", include("portal.settlement.api_urls")),
    path("", include("portal.invoicing.api_urls")),
    path("", include("portal.reconciliation.api_urls")),
    path("", include("portal.payouts.api_urls")),
    path("", include("portal.growth.api_urls")),
    path("", include("portal.rewards.api_urls")),
    path("", include("portal.tiers.api_urls")),
    path("", include("portal.notices.api_urls")),
    path("", include("portal.webhooks.api_urls")),
    path("", include("portal.help.api_urls")),
    path("", include("portal.recruitment.api_urls")),
    path("", include("portal.search.api_urls")),
    path("", include("portal.directory.api_urls")),
    path("", include("portal.goals.api_urls")),
    path("", include("matchmaking.catalogue.api_urls")),
    path("", include("matchmaking.recruiting.api_urls")),
    path("", include("matchmaking.needs.api_urls")),
    path("", include("matchmaking.brokerage.api_urls")),
    path("", include("matchmaking.samples.api_urls")),
    path("", include("matchmaking.content.api_urls")),
    path("", include("matchmaking.choosing.api_urls")),
    path("", include("matchmaking.fairs.api_urls")),
    path("", include("training.certificates.api_urls")),
    path("", include("training.courses.api_urls")),
    path("", include("training.learning.api_urls")),
    path("", include("training.assessment.api_urls")),
    path("", include("training.advice.api_urls")),
    path("", include("matchmaking.cooperation.api_urls")),
]
