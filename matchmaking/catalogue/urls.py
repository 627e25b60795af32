from django.urls import path

from matchmaking.catalogue import views

urlpatterns = [
    path("gate/", views.gate_detail, name="gate_detail"),
    path("gate/permission/", views.gate_permission, name="gate_permission"),
    path("gate/payment/", views.gate_payment, name="gate_payment"),
    path("gate/refund/", views.gate_refund, name="gate_refund"),
    path("gate/moves/<uuid:pk>/withdrawal/", views.deposit_withdrawal, name="deposit_withdrawal"),
    path("boards/", views.board_detail, name="board_detail"),
    path("products/", views.product_pool, name="product_pool"),
    path("products/mine/", views.product_list, name="product_list"),
    path("products/new/", views.product_create, name="product_create"),
    path("products/<int:pk>/", views.product_detail, name="product_detail"),
    path("products/<int:pk>/edit/", views.product_edit, name="product_edit"),
    path("products/<int:pk>/listing/", views.product_listing, name="product_listing"),
    path("products/<int:pk>/pausing/", views.product_pausing, name="product_pausing"),
    path("products/<int:pk>/withdrawal/", views.product_withdrawal, name="product_withdrawal"),
    path(
        "products/<int:pk>/pictures/",
        views.product_picture_create,
        name="product_picture_create",
    ),
    path(
        "products/pictures/<uuid:pk>/removal/",
        views.product_picture_removal,
        name="product_picture_removal",
    ),
    path("products/pictures/<uuid:pk>/<slug:size>/", views.product_picture, name="product_picture"),
    path("products/<int:pk>/certificates/", views.certificate_create, name="certificate_create"),
    path("products/certificates/<uuid:pk>/", views.certificate_read, name="certificate_read"),
    path(
        "products/certificates/<uuid:pk>/removal/",
        views.certificate_removal,
        name="certificate_removal",
    ),
    path("products/<int:pk>/plans/", views.plan_create, name="plan_create"),
    path("products/plans/<uuid:pk>/ending/", views.plan_ending, name="plan_ending"),
]
