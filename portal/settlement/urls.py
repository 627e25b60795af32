from django.urls import path

from portal.settlement import views

urlpatterns = [
    path("money/", views.money_home, name="money_home"),
    path("statements/", views.statement_list, name="statement_list"),
    path("settlements/", views.settlement_list, name="settlement_list"),
    path("settlements/new/", views.settlement_new, name="settlement_new"),
    path("settlements/check/", views.settlement_check, name="settlement_check"),
    path("settlements/statements/", views.statement_register, name="statement_register"),
    path("settlements/below-zero/", views.below_zero_register, name="below_zero_register"),
    path("settlements/disputes/", views.line_dispute_register, name="line_dispute_register"),
    path("settlements/disputes/<uuid:pk>/", views.line_dispute_detail, name="line_dispute_detail"),
    path(
        "settlements/disputes/<uuid:pk>/decision/",
        views.line_dispute_decision,
        name="line_dispute_decision",
    ),
    path(
        "settlements/disputes/<uuid:pk>/withdrawal/",
        views.line_dispute_withdrawal,
        name="line_dispute_withdrawal",
    ),
    path("settlements/corrections/", views.adjustment_list, name="adjustment_list"),
    path("settlements/corrections/new/", views.adjustment_new, name="adjustment_new"),
    path("settlements/corrections/<uuid:pk>/", views.adjustment_detail, name="adjustment_detail"),
    path(
        "settlements/corrections/<uuid:pk>/approval/",
        views.adjustment_approval,
        name="adjustment_approval",
    ),
    path(
        "settlements/corrections/<uuid:pk>/refusal/",
        views.adjustment_refusal,
        name="adjustment_refusal",
    ),
    path("settlements/<int:pk>/", views.settlement_detail, name="settlement_detail"),
    path("settlements/<int:pk>/stop/", views.settlement_stop, name="settlement_stop"),
    path("settlements/<int:pk>/resume/", views.settlement_resume, name="settlement_resume"),
    path("settlements/<int:pk>/sending/", views.settlement_sending, name="settlement_sending"),
    path("settlements/<int:pk>/approval/", views.settlement_approval, name="settlement_approval"),
    path("statements/<str:number>/", views.statement_detail, name="statement_detail"),
    path(
        "statements/<str:number>/agreement/", views.statement_agreement, name="statement_agreement"
    ),
    path("statements/<str:number>/approval/", views.statement_approval, name="statement_approval"),
    path("statements/<str:number>/lines/", views.statement_lines, name="statement_lines"),
    path("statements/<str:number>/paper/", views.statement_paper, name="statement_paper"),
    path("statements/<str:number>/disputes/", views.statement_dispute, name="statement_dispute"),
    path("statements/<str:number>/balance/", views.statement_balance, name="statement_balance"),
]
