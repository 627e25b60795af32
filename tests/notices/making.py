"""What the tests of the ways of notices share."""

from datetime import datetime

from portal.core import clock
from portal.notices import services
from portal.notices.fields import BotFields, Wish
from portal.notices.states import Mail
from portal.parties.services import tell_party

NOON = datetime(2026, 3, 5, 12, tzinfo=clock.SHANGHAI)
NIGHT = datetime(2026, 3, 5, 23, tzinfo=clock.SHANGHAI)
MORNING = datetime(2026, 3, 6, 9, tzinfo=clock.SHANGHAI)


def tell(*people, event="proposal.submitted", key="k", **changes):
    services.notify(
        [person.user.pk for person in people],
        **{
            "party_id": None,
            "event": event,
            "key": key,
            "sentence": "%(merchant)s invites you to answer “%(need)s”.",
            "params": {"merchant": "谷雨粒食品", "need": "茶"},
            "url": "/needs/",
        }
        | changes,
    )


def choose(person, topic="proposals", mail=Mail.NOW, **ways):
    services.choose_notices(person.actor, wishes=[Wish(topic, mail, **ways)])


def of_party(party, key="k"):
    tell_party(
        party,
        event="proposal.submitted",
        key=key,
        sentence="%(merchant)s invites you to answer “%(need)s”.",
        params={"merchant": "谷雨粒食品", "need": "茶"},
        url="/needs/",
    )


def make_bot(person, url, kind="wecom", **more):
    fields = BotFields(kind, "运营群", url, **more)
    return services.make_bot(person.actor, fields=fields)
