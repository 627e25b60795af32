from rest_framework.routers import SimpleRouter

from matchmaking.fairs import api

router = SimpleRouter()
router.register("fairs", api.FairReturnsViewSet, basename="api-fair")
router.register("fair-signups", api.SignUpViewSet, basename="api-sign-up")
router.register("fair-plans", api.PlanViewSet, basename="api-fair-plan")
router.register("fair-meetings", api.MeetingViewSet, basename="api-fair-meeting")
router.register("sign-up-drafts", api.SignUpDraftViewSet, basename="api-signupdraft")
urlpatterns = router.urls
