import pytest

from portal.core import verdict
from portal.core.actor import anonymous_actor, system_actor
from portal.core.verdict import ALLOWED, Refused


def test_allowed_lets_pass():
    assert ALLOWED
    ALLOWED.require()


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(verdict.forbidden, 403), (verdict.conflict, 409), (verdict.unmet, 422)],
)
def test_refusal_carries_its_status_and_reason(refusal, status):
    refused = refusal("because")
    assert not refused
    assert refused.status == status
    with pytest.raises(Refused, match="because") as caught:
        refused.require()
    assert caught.value.verdict is refused


def test_system_may_everything_and_a_visitor_nothing():
    assert system_actor("task").has_perm("core.run_job")
    assert not anonymous_actor("web").has_perm("core.run_job")
    assert not anonymous_actor("web").speaks_for(None)
