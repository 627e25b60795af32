"""Who learns goes on with the party that stays, as their claims do; one person is one learner."""

from portal.parties.merges import moves, moves_by
from portal.parties.models import Party
from training.learning.models import Enrolment, Learner

moves(Enrolment, "party")


@moves_by(Learner, "party")
def move_learners(survivor: Party, absorbed: Party) -> None:
    """Whoever learns for both becomes the survivor's learner, with what they have enrolled in."""
    known = Learner.objects.filter(party=survivor, user__isnull=False)
    ours: dict[int | None, int] = dict(known.values_list("user", "pk"))
    theirs = Learner.objects.filter(party=absorbed)
    for learner in theirs.filter(user__in=ours):
        Enrolment.objects.filter(learner=learner).update(learner=ours[learner.user_id])
        learner.delete()
    theirs.update(party=survivor)
