from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.policies import api

router = SimpleRouter()
router.register("consents", api.ConsentViewSet, basename="api-consent")
router.register("fee-proposals", api.FeeProposalViewSet, basename="api-fee-proposal")
urlpatterns = [
    path("documents/", api.DocumentListView.as_view(), name="api-documents"),
    path("fees/", api.FeeListView.as_view(), name="api-fees"),
    path("rules/", api.DatedRuleListView.as_view(), name="api-rules"),
    *router.urls,
]
