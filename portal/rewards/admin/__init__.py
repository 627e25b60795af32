from portal.rewards.admin import claims, coupons, pools, tasks  # noqa: F401 - each registers
