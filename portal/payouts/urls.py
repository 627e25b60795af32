from django.urls import path

from portal.payouts import views

urlpatterns = [
    path("money/payouts/", views.payout_list, name="payout_list"),
    path("money/payouts/<int:pk>/", views.payout_detail, name="payout_detail"),
    path("money/payouts/requests/", views.payout_request, name="payout_request"),
    path(
        "money/payouts/requests/<uuid:pk>/withdrawal/",
        views.payout_request_withdrawal,
        name="payout_request_withdrawal",
    ),
    path("money/payouts/account/", views.payout_account, name="payout_account"),
    path("money/payouts/consent/", views.payout_consent, name="payout_consent"),
    path("money/payouts/trials/<uuid:pk>/", views.trial_answer, name="trial_answer"),
    path("payouts/", views.batch_list, name="batch_list"),
    path("payouts/new/", views.batch_create, name="batch_create"),
    path("payouts/requests/", views.request_register, name="request_register"),
    path("payouts/transfers/", views.transfer_list, name="transfer_list"),
    path("payouts/accounts/", views.payee_list, name="payee_list"),
    path("payouts/accounts/<uuid:pk>/trial/", views.payee_trial, name="payee_trial"),
    path(
        "payouts/accounts/<int:pk>/sub-account/", views.payee_sub_account, name="payee_sub_account"
    ),
    path("payouts/<uuid:pk>/", views.batch_detail, name="batch_detail"),
    path("payouts/<uuid:pk>/approval/", views.batch_approval, name="batch_approval"),
    path("payouts/<uuid:pk>/cancellation/", views.batch_cancellation, name="batch_cancellation"),
    path("payouts/<uuid:pk>/file/", views.batch_file, name="batch_file"),
]
