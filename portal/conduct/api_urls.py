from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.conduct import api

router = SimpleRouter()
router.register("conduct/reports", api.ConductReportViewSet, basename="api-conduct-report")
router.register("conduct/cases", api.ConductCaseViewSet, basename="api-conduct-case")
router.register("conduct/led-cases", api.LedCaseViewSet, basename="api-led-case")
urlpatterns = [
    path("conduct/rules/", api.ConductRuleListView.as_view(), name="api-conduct-rules"),
    path(
        "conduct/actions/<uuid:pk>/evidence/",
        api.CorrectiveActionEvidenceView.as_view(),
        name="api-corrective-action-evidence",
    ),
    path("parties/<int:pk>/violations/", api.ViolationListView.as_view(), name="api-violations"),
    *router.urls,
]
