from django.urls import path

from portal.rewards import views

urlpatterns = [
    path("tasks/", views.task_list, name="task_list"),
    path("tasks/mine/", views.task_mine, name="task_mine"),
    path("tasks/rewards/", views.task_rewards, name="task_rewards"),
    path("tasks/coupons/<uuid:pk>/", views.coupon_detail, name="coupon_detail"),
    path("tasks/<int:pk>/", views.task_detail, name="task_detail"),
    path("tasks/<int:pk>/claim/", views.task_claim, name="task_claim"),
    path("tasks/claims/<uuid:pk>/", views.task_claim_detail, name="task_claim_detail"),
    path(
        "tasks/claims/<uuid:pk>/submission/",
        views.task_claim_submission,
        name="task_claim_submission",
    ),
    path(
        "tasks/claims/<uuid:pk>/withdrawal/",
        views.task_claim_withdrawal,
        name="task_claim_withdrawal",
    ),
    path("tasks/claims/<uuid:pk>/appeal/", views.task_appeal_create, name="task_appeal_create"),
    path("tasks/claims/<uuid:pk>/taking/", views.task_claim_taking, name="task_claim_taking"),
    path("tasks/claims/<uuid:pk>/verdict/", views.task_claim_verdict, name="task_claim_verdict"),
    path(
        "tasks/claims/<uuid:pk>/revocation/",
        views.task_claim_revocation,
        name="task_claim_revocation",
    ),
    path("tasks/appeals/<uuid:pk>/", views.task_appeal_detail, name="task_appeal_detail"),
    path(
        "tasks/appeals/<uuid:pk>/withdrawal/",
        views.task_appeal_withdrawal,
        name="task_appeal_withdrawal",
    ),
    path("tasks/manage/", views.task_desk, name="task_desk"),
    path("tasks/manage/claims/", views.task_claim_register, name="task_claim_register"),
    path("tasks/manage/tasks/", views.task_register, name="task_register"),
    path("tasks/manage/tasks/<int:pk>/", views.task_edit, name="task_edit"),
    path(
        "tasks/manage/tasks/<int:pk>/publication/", views.task_publication, name="task_publication"
    ),
    path("tasks/manage/tasks/<int:pk>/closing/", views.task_closing, name="task_closing"),
    path("tasks/manage/seasons/", views.season_list, name="season_list"),
    path("tasks/manage/seasons/new/", views.season_create, name="season_create"),
    path("tasks/manage/seasons/<slug:code>/", views.season_detail, name="season_detail"),
    path("tasks/manage/seasons/<slug:code>/clone/", views.season_clone, name="season_clone"),
    path("tasks/manage/seasons/<slug:code>/opening/", views.season_opening, name="season_opening"),
    path("tasks/manage/seasons/<slug:code>/task/", views.task_create, name="task_create"),
    path("tasks/manage/seasons/<slug:code>/pool/", views.pool_create, name="pool_create"),
    path("tasks/manage/pools/<int:pk>/", views.pool_detail, name="pool_detail"),
    path("tasks/manage/budgets/<uuid:pk>/decision/", views.budget_decision, name="budget_decision"),
]
