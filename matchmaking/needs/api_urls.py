from rest_framework.routers import SimpleRouter

from matchmaking.needs import api

router = SimpleRouter()
router.register("needs", api.NeedViewSet, basename="api-need")
router.register("need-drafts", api.NeedDraftViewSet, basename="api-needdraft")
router.register("need-templates", api.NeedTemplateViewSet, basename="api-needtemplate")
router.register("service-offers", api.ServiceOfferViewSet, basename="api-serviceoffer")
router.register("messages", api.MessageViewSet, basename="api-message")
router.register("blocks", api.BlockViewSet, basename="api-block")
router.register("losses", api.LossViewSet, basename="api-loss")
router.register("free-days", api.FreeDaysViewSet, basename="api-freedays")
router.register("talks", api.TalkViewSet, basename="api-talk")
router.register("proposal-drafts", api.ProposalDraftViewSet, basename="api-proposaldraft")
router.register("proposals", api.ProposalViewSet, basename="api-proposal")
router.register("questions", api.QuestionViewSet, basename="api-question")
router.register("operations/exposure", api.ExposureViewSet, basename="api-exposure")
urlpatterns = router.urls
