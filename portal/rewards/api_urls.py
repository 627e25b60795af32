from rest_framework.routers import SimpleRouter

from portal.rewards import api

router = SimpleRouter(use_regex_path=False)
router.register("tasks", api.TaskViewSet, basename="api-task")
router.register("task-seasons", api.SeasonViewSet, basename="api-task-season")
router.register("task-claims", api.ClaimViewSet, basename="api-task-claim")
router.register("task-appeals", api.ClaimAppealViewSet, basename="api-task-appeal")
router.register("traffic-coupons", api.TrafficCouponViewSet, basename="api-traffic-coupon")
router.register("reward-pools", api.PoolViewSet, basename="api-reward-pool")
router.register("budget-changes", api.BudgetChangeViewSet, basename="api-budget-change")
urlpatterns = router.urls
