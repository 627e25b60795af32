from rest_framework.routers import SimpleRouter

from portal.tiers import api

router = SimpleRouter()
router.register("star-rules", api.StarRulesViewSet, basename="api-star-rules")
router.register("star-holders", api.StarHolderViewSet, basename="api-star-holder")
router.register("star-windows", api.StarWindowViewSet, basename="api-star-window")
router.register("star-reviews", api.StarReviewViewSet, basename="api-star-review")
router.register("star-applications", api.StarApplicationViewSet, basename="api-star-application")
router.register("star-appeals", api.StarAppealViewSet, basename="api-star-appeal")
router.register("frameworks", api.FrameworkViewSet, basename="api-framework")
router.register("framework-meetings", api.FrameworkMeetingViewSet, basename="api-framework-meeting")
router.register(
    "framework-decisions", api.FrameworkDecisionViewSet, basename="api-framework-decision"
)
for name in ("Method", "Round", "Mark", "Application", "Appeal"):
    router.register(
        f"certification-{name.lower()}s",
        getattr(api, f"Certification{name}ViewSet"),
        basename=f"api-certification-{name.lower()}",
    )
urlpatterns = router.urls
