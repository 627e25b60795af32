from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.parties import api

router = SimpleRouter()
router.register("parties", api.PartyViewSet, basename="api-party")
router.register("roster", api.RosterViewSet, basename="api-roster")
router.register("roster-invitations", api.RosterInvitationViewSet, basename="api-roster-invitation")
router.register("departures", api.DepartureViewSet, basename="api-departure")

urlpatterns = [
    path("reference/", api.ReferenceView.as_view(), name="api-reference"),
    path("providers/<int:pk>/", api.ProviderView.as_view(), name="api-provider-detail"),
    path("parties/<int:pk>/members/", api.MembersView.as_view(), name="api-members"),
    path(
        "parties/<int:pk>/members/<int:member>/role/",
        api.MemberRoleView.as_view(),
        name="api-member-role",
    ),
    path(
        "parties/<int:pk>/members/<int:member>/removal/",
        api.MemberRemovalView.as_view(),
        name="api-member-removal",
    ),
    path(
        "parties/<int:pk>/members/<int:member>/scope/",
        api.MemberScopeView.as_view(),
        name="api-member-scope",
    ),
    path("parties/<int:pk>/departure/", api.DepartureView.as_view(), name="api-departure"),
    path("parties/<int:pk>/invitations/", api.InvitationsView.as_view(), name="api-invitations"),
    path(
        "parties/<int:pk>/invitations/<uuid:invitation>/sending/",
        api.InvitationSendingView.as_view(),
        name="api-invitation-sending",
    ),
    path(
        "parties/<int:pk>/invitations/<uuid:invitation>/withdrawal/",
        api.InvitationWithdrawalView.as_view(),
        name="api-invitation-withdrawal",
    ),
    path("parties/<int:pk>/keys/", api.KeysView.as_view(), name="api-keys"),
    path(
        "parties/<int:pk>/keys/<uuid:key>/revocation/",
        api.KeyRevocationView.as_view(),
        name="api-key-revocation",
    ),
    path("parties/<int:pk>/grants/", api.GrantsView.as_view(), name="api-grants"),
    path(
        "parties/<int:pk>/grants/<uuid:grant>/end/",
        api.GrantEndView.as_view(),
        name="api-grant-end",
    ),
    path("parties/<int:pk>/ownership/", api.OwnershipView.as_view(), name="api-ownership"),
    path(
        "parties/<int:pk>/ownership/withdrawal/",
        api.OwnershipWithdrawalView.as_view(),
        name="api-ownership-withdrawal",
    ),
    path(
        "parties/<int:pk>/ownership/answer/",
        api.OwnershipAnswerView.as_view(),
        name="api-ownership-answer",
    ),
    path("personal-data/", api.PersonalDataView.as_view(), name="api-personal-data"),
    path("personal-data/erasure/", api.ErasureView.as_view(), name="api-personal-erasure"),
    path(
        "personal-data/erasure/withdrawal/",
        api.ErasureWithdrawalView.as_view(),
        name="api-personal-erasure-withdrawal",
    ),
    path("parties/<int:pk>/recall/", api.RecallView.as_view(), name="api-party-recall"),
    path("parties/<int:pk>/restart/", api.RestartView.as_view(), name="api-party-restart"),
    path("parties/<int:pk>/real-name/", api.RealNameView.as_view(), name="api-party-real-name"),
    path("parties/<int:pk>/documents/", api.DocumentListView.as_view(), name="api-party-documents"),
    path(
        "documents/<uuid:pk>/withdrawal/",
        api.DocumentWithdrawalView.as_view(),
        name="api-document-withdrawal",
    ),
    path("parties/<int:pk>/appeals/", api.PartyAppealsView.as_view(), name="api-party-appeals"),
    path(
        "appeals/<uuid:pk>/withdrawal/",
        api.PartyAppealWithdrawalView.as_view(),
        name="api-appeal-withdrawal",
    ),
    path("claims/", api.ClaimsView.as_view(), name="api-claims"),
    path("claims/<uuid:pk>/", api.ClaimView.as_view(), name="api-claim"),
    path("claims/<uuid:pk>/answer/", api.ClaimAnswerView.as_view(), name="api-claim-answer"),
    path(
        "claims/<uuid:pk>/withdrawal/",
        api.ClaimWithdrawalView.as_view(),
        name="api-claim-withdrawal",
    ),
    path("claims/<uuid:pk>/phone/", api.ClaimPhoneView.as_view(), name="api-claim-phone"),
    path(
        "claims/<uuid:pk>/phone/proof/",
        api.ClaimPhoneProofView.as_view(),
        name="api-claim-phone-proof",
    ),
    path(
        "parties/<int:pk>/owned-accounts/",
        api.OwnedAccountsView.as_view(),
        name="api-owned-accounts",
    ),
    path(
        "owned-accounts/<uuid:pk>/placement/",
        api.OwnedPlacementView.as_view(),
        name="api-owned-placement",
    ),
    path(
        "owned-accounts/<uuid:pk>/release/",
        api.OwnedReleaseView.as_view(),
        name="api-owned-release",
    ),
    path(
        "owned-accounts/<uuid:pk>/openings/",
        api.OpeningsView.as_view(),
        name="api-shop-openings",
    ),
    path(
        "owned-accounts/<uuid:pk>/opening-day/",
        api.LookedUpOpeningView.as_view(),
        name="api-shop-opening-day",
    ),
    path(
        "shop-openings/waiting/",
        api.WaitingOpeningsView.as_view(),
        name="api-shop-openings-waiting",
    ),
    *(
        path(f"shop-openings/<uuid:pk>/{end}/", view.as_view(), name=f"api-shop-opening-{end}")
        for end, view in (
            ("withdrawal", api.OpeningWithdrawalView),
            ("verification", api.OpeningVerificationView),
            ("refusal", api.OpeningRefusalView),
        )
    ),
    path("parties/<int:pk>/payout/", api.PayoutsView.as_view(), name="api-payouts"),
    *(
        path(f"payout-accounts/<uuid:pk>/{end}/", view.as_view(), name=f"api-payout-{end}")
        for end, view in (
            ("confirmation", api.PayoutConfirmationView),
            ("refusal", api.PayoutRefusalView),
            ("withdrawal", api.PayoutWithdrawalView),
        )
    ),
    path("parties/<int:pk>/team/", api.StaffView.as_view(), name="api-staff"),
    path("team/<uuid:pk>/", api.StaffMemberView.as_view(), name="api-staff-member"),
    path("parties/<int:pk>/cases/", api.ClientCasesView.as_view(), name="api-client-cases"),
    path("cases/<uuid:pk>/", api.ClientCaseView.as_view(), name="api-client-case"),
    path("cases/<uuid:pk>/check/", api.ClientCaseCheckView.as_view(), name="api-client-case-check"),
    path(
        "cases/<uuid:pk>/recall/", api.ClientCaseRecallView.as_view(), name="api-client-case-recall"
    ),
    path(
        "cases/<uuid:pk>/withdrawal/",
        api.ClientCaseWithdrawalView.as_view(),
        name="api-client-case-withdrawal",
    ),
    path("parties/<int:pk>/pictures/", api.PicturesView.as_view(), name="api-pictures"),
    path("pictures/<uuid:pk>/", api.PictureView.as_view(), name="api-picture"),
    path("parties/<int:pk>/shop/", api.MerchantProfileView.as_view(), name="api-merchant-profile"),
    path("parties/<int:pk>/agency/", api.AgencyProfileView.as_view(), name="api-agency-profile"),
    path("bindings/", api.BindingsView.as_view(), name="api-bindings"),
    path("bindings/<int:pk>/end/", api.BindingEndView.as_view(), name="api-binding-end"),
    path("operator/claims/", api.WaitingClaimsView.as_view(), name="api-waiting-claims"),
    path("operator/claims/<uuid:pk>/", api.WaitingClaimView.as_view(), name="api-waiting-claim"),
    *(
        path(f"operator/claims/<uuid:pk>/{answer}/", view.as_view(), name=f"api-claim-{answer}")
        for answer, view in (
            ("acceptance", api.ClaimAcceptanceView),
            ("question", api.ClaimQuestionView),
            ("refusal", api.ClaimRefusalView),
        )
    ),
    path("operator/parties/<int:pk>/doubles/", api.DoublesView.as_view(), name="api-doubles"),
    path("operator/parties/<int:pk>/merge/", api.MergeView.as_view(), name="api-merge"),
    path("operator/viewings/", api.ViewingsView.as_view(), name="api-viewings"),
    path("operator/viewings/end/", api.ViewingEndView.as_view(), name="api-viewing-end"),
    *router.urls,
]
