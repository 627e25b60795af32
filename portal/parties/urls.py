from django.urls import path

from portal.parties import views

urlpatterns = [
    path("accounts/sessions/", views.session_list, name="session_list"),
    path("accounts/sessions/others/end/", views.sessions_end, name="sessions_end"),
    path("accounts/sessions/<uuid:pk>/end/", views.session_end, name="session_end"),
    path("accounts/phone/", views.phone_number, name="phone_number"),
    path("accounts/phone/code/", views.phone_code, name="phone_code"),
    path("accounts/phone/name/", views.phone_name, name="phone_name"),
    path("accounts/phone/mine/", views.my_phone, name="my_phone"),
    path("parties/new/", views.party_create, name="party_create"),
    path("parties/switch/", views.party_switch, name="party_switch"),
    path("parties/<int:pk>/", views.party_detail, name="party_detail"),
    path("parties/<int:pk>/edit/", views.party_edit, name="party_edit"),
    path("parties/<int:pk>/submission/", views.party_submission, name="party_submission"),
    path("parties/<int:pk>/visibility/", views.party_visibility, name="party_visibility"),
    path("parties/<int:pk>/members/", views.party_members, name="party_members"),
    path(
        "parties/<int:pk>/members/<int:member>/role/",
        views.party_member_role,
        name="party_member_role",
    ),
    path(
        "parties/<int:pk>/members/<int:member>/removal/",
        views.party_member_removal,
        name="party_member_removal",
    ),
    path("parties/<int:pk>/departure/", views.party_departure, name="party_departure"),
    path("parties/<int:pk>/ownership/", views.party_ownership, name="party_ownership"),
    path(
        "parties/<int:pk>/ownership/withdrawal/",
        views.party_ownership_withdrawal,
        name="party_ownership_withdrawal",
    ),
    path(
        "parties/<int:pk>/ownership/answer/",
        views.party_ownership_answer,
        name="party_ownership_answer",
    ),
    path(
        "parties/<int:pk>/invitations/<uuid:invitation>/sending/",
        views.party_invitation_sending,
        name="party_invitation_sending",
    ),
    path(
        "parties/<int:pk>/invitations/<uuid:invitation>/withdrawal/",
        views.party_invitation_withdrawal,
        name="party_invitation_withdrawal",
    ),
    path("parties/<int:pk>/checklist/", views.party_checklist, name="party_checklist"),
    path("parties/<int:pk>/keys/", views.party_keys, name="party_keys"),
    path(
        "parties/<int:pk>/keys/<uuid:key>/revocation/",
        views.party_key_revocation,
        name="party_key_revocation",
    ),
    path("parties/<int:pk>/grants/", views.party_grant, name="party_grant"),
    path(
        "parties/<int:pk>/grants/<uuid:grant>/end/", views.party_grant_end, name="party_grant_end"
    ),
    path("parties/<int:pk>/sandbox/", views.party_sandbox, name="party_sandbox"),
    path("invitations/<slug:token>/", views.invitation_answer, name="invitation_answer"),
    path(
        "parties/<int:pk>/members/<int:member>/scope/",
        views.party_member_scope,
        name="party_member_scope",
    ),
    path("parties/<int:pk>/closing/", views.party_closing, name="party_closing"),
    path("accounts/data/", views.personal_data, name="personal_data"),
    path("accounts/data/export/", views.personal_export, name="personal_export"),
    path("accounts/data/erasure/", views.personal_erasure, name="personal_erasure"),
    path(
        "accounts/data/erasure/withdrawal/",
        views.personal_erasure_withdrawal,
        name="personal_erasure_withdrawal",
    ),
    path("parties/<int:pk>/roster/", views.roster_list, name="roster_list"),
    path("parties/<int:pk>/roster/new/", views.roster_create, name="roster_create"),
    path("roster/<int:pk>/", views.roster_detail, name="roster_detail"),
    path("roster/<int:pk>/reminder/", views.roster_reminder, name="roster_reminder"),
    path("roster/<int:pk>/withdrawal/", views.roster_withdrawal, name="roster_withdrawal"),
    path("roster/<int:pk>/showing/", views.roster_showing, name="roster_showing"),
    path("roster/<int:pk>/phone/", views.roster_phone, name="roster_phone"),
    path("roster/<int:pk>/departure/", views.roster_departure, name="roster_departure"),
    *(
        path(f"roster/invitations/<uuid:key>/{end}", view, name=name)
        for end, view, name in (
            ("", views.roster_invitation, "roster_invitation"),
            ("acceptance/", views.roster_acceptance, "roster_acceptance"),
            ("refusal/", views.roster_refusal, "roster_refusal"),
        )
    ),
    *(
        path(f"departures/<int:pk>/{end}/", view, name=f"departure_{end}")
        for end, view in (
            ("agreement", views.departure_agreement),
            ("objection", views.departure_objection),
            ("statement", views.departure_statement),
            ("withdrawal", views.departure_withdrawal),
        )
    ),
    path("parties/<int:pk>/recall/", views.party_recall, name="party_recall"),
    path("parties/<int:pk>/restart/", views.party_restart, name="party_restart"),
    path("parties/<int:pk>/real-name/", views.real_name_edit, name="real_name_edit"),
    path("parties/<int:pk>/documents/", views.document_list, name="document_list"),
    path("parties/<int:pk>/documents/<slug:code>/", views.document_edit, name="document_edit"),
    path("documents/<uuid:pk>/withdrawal/", views.document_withdrawal, name="document_withdrawal"),
    path(
        "parties/<int:pk>/appeals/<slug:about>/<slug:key>/",
        views.party_appeal_create,
        name="party_appeal_create",
    ),
    path("appeals/<uuid:pk>/", views.party_appeal_detail, name="party_appeal_detail"),
    path(
        "appeals/<uuid:pk>/withdrawal/",
        views.party_appeal_withdrawal,
        name="party_appeal_withdrawal",
    ),
    path("accounts/3rdparty/<int:pk>/end/", views.binding_end, name="binding_end"),
    path("viewing/end/", views.viewing_end, name="viewing_end"),
    path("parties/<int:pk>/claim/", views.party_claim, name="party_claim"),
    path("claims/<uuid:pk>/", views.claim_detail, name="claim_detail"),
    path("claims/<uuid:pk>/answer/", views.claim_answer, name="claim_answer"),
    path("claims/<uuid:pk>/withdrawal/", views.claim_withdrawal, name="claim_withdrawal"),
    path("claims/<uuid:pk>/phone/", views.claim_phone, name="claim_phone"),
    path("claims/<uuid:pk>/phone/proof/", views.claim_phone_proof, name="claim_phone_proof"),
    path("parties/<int:pk>/accounts/", views.party_accounts, name="party_accounts"),
    path("owned-accounts/return/", views.party_account_return, name="party_account_return"),
    path(
        "owned-accounts/<uuid:pk>/sign-in/",
        views.party_account_sign_in,
        name="party_account_sign_in",
    ),
    path("owned-accounts/<uuid:pk>/", views.party_account, name="party_account"),
    path(
        "owned-accounts/<uuid:pk>/release/",
        views.party_account_release,
        name="party_account_release",
    ),
    path("owned-accounts/<uuid:pk>/opening/", views.shop_opening, name="shop_opening"),
    path(
        "shop-openings/<uuid:pk>/withdrawal/",
        views.shop_opening_withdrawal,
        name="shop_opening_withdrawal",
    ),
    path("parties/<int:pk>/payout/", views.party_payout, name="party_payout"),
    *(
        path(f"payout-accounts/<uuid:pk>/{end}/", view, name=f"payout_{end}")
        for end, view in (
            ("confirmation", views.payout_confirmation),
            ("refusal", views.payout_refusal),
            ("withdrawal", views.payout_withdrawal),
        )
    ),
    path("parties/<int:pk>/team/", views.staff_list, name="staff_list"),
    path("parties/<int:pk>/team/new/", views.staff_create, name="staff_create"),
    path("team/<uuid:pk>/", views.staff_edit, name="staff_edit"),
    path("team/<uuid:pk>/removal/", views.staff_removal, name="staff_removal"),
    path("parties/<int:pk>/cases/", views.client_case_list, name="client_case_list"),
    path("parties/<int:pk>/cases/new/", views.client_case_create, name="client_case_create"),
    path("cases/<uuid:pk>/", views.client_case_detail, name="client_case_detail"),
    path("cases/<uuid:pk>/edit/", views.client_case_edit, name="client_case_edit"),
    path("cases/<uuid:pk>/check/", views.client_case_check, name="client_case_check"),
    path("cases/<uuid:pk>/recall/", views.client_case_recall, name="client_case_recall"),
    path(
        "cases/<uuid:pk>/withdrawal/", views.client_case_withdrawal, name="client_case_withdrawal"
    ),
    path("parties/<int:pk>/pictures/", views.picture_list, name="picture_list"),
    path("parties/<int:pk>/pictures/<slug:slot>/", views.picture_create, name="picture_create"),
    path("pictures/<uuid:pk>/removal/", views.picture_removal, name="picture_removal"),
    path("pictures/<uuid:pk>/<slug:size>/", views.picture_read, name="picture_read"),
    path("cases/<uuid:pk>/picture/", views.client_case_picture, name="client_case_picture"),
    path("parties/<int:pk>/profile/", views.profile_edit, name="profile_edit"),
]
