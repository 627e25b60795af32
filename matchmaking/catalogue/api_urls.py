from django.urls import include, path
from rest_framework.routers import SimpleRouter

from matchmaking.catalogue import api

router = SimpleRouter()
router.register("products", api.ProductViewSet, basename="api-product")
urlpatterns = [
    path("gate/", api.GateView.as_view(), name="api-gate"),
    path("gate/permission/", api.GatePermissionView.as_view(), name="api-gate-permission"),
    path("gate/payment/", api.GatePaymentView.as_view(), name="api-gate-payment"),
    path("gate/refund/", api.GateRefundView.as_view(), name="api-gate-refund"),
    path("gate/moves/", api.GateMovesView.as_view(), name="api-gate-moves"),
    path(
        "gate/moves/<uuid:pk>/withdrawal/",
        api.DepositMoveView.as_view(),
        name="api-gate-withdrawal",
    ),
    path("boards/", api.BoardsView.as_view(), name="api-boards"),
    path(
        "products/plans/<uuid:pk>/ending/",
        api.ProductPlanEndView.as_view(),
        name="api-product-plan-ending",
    ),
    path(
        "products/pictures/<uuid:pk>/",
        api.ProductPictureView.as_view(),
        name="api-product-picture",
    ),
    path(
        "products/certificates/<uuid:pk>/",
        api.ProductCertificateView.as_view(),
        name="api-product-certificate",
    ),
    path("products/days/", api.ProductDaysView.as_view(), name="api-product-days"),
    path("", include(router.urls)),
]
