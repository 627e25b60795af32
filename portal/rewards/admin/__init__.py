from portal.rewards.admin import (  # noqa: F401 - each registers
    claims,
    coupons,
    pools,
    queues,
    tasks,
)
