from rest_framework.routers import SimpleRouter

from matchmaking.recruiting import api

router = SimpleRouter()
router.register("posts", api.PostViewSet, basename="api-post")
router.register("post-drafts", api.PostDraftViewSet, basename="api-postdraft")
router.register("post-templates", api.PostTemplateViewSet, basename="api-posttemplate")
router.register("post-searches", api.PostSearchViewSet, basename="api-postsearch")
router.register("applications", api.ApplicationViewSet, basename="api-post-application")
urlpatterns = router.urls
