from django.urls import path
from rest_framework.routers import SimpleRouter

from matchmaking.cooperation import api

router = SimpleRouter()
router.register("cooperations", api.CooperationViewSet, basename="api-cooperation")
router.register("obligations", api.ObligationViewSet, basename="api-obligation")
router.register("amendments", api.AmendmentViewSet, basename="api-amendment")
router.register("disputes", api.DisputeViewSet, basename="api-dispute")
router.register("reviews", api.ReviewViewSet, basename="api-review")
router.register(
    "agreement-templates", api.AgreementTemplateViewSet, basename="api-agreementtemplate"
)
urlpatterns = [
    path("door-returns/", api.DoorReturnsView.as_view(), name="api-door-returns"),
    path(
        "cooperations/<int:pk>/versions/<int:number>/paper/",
        api.PaperView.as_view(),
        name="api-cooperation-paper",
    ),
    path("papers/<str:digest>/", api.PaperCheckView.as_view(), name="api-paper-check"),
    *router.urls,
]
