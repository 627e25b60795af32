"""Cases: their author's and their party's; operators decide them and keep the words."""

from portal.core.actor import OPERATOR, Actor
from portal.moderation.models import Case, Word
from portal.moderation.services import refuse_case, watch_texts
from tests.routes import Arranged, Cast

PAGES = {
    "GET case_list": "visitor 302, * 200",
    "GET case_detail": "visitor 302, owner 200, member 200, * 404",
    "POST case_detail": "visitor 302, owner 302, member 302, * 404",
}
API = {
    "GET api-case-list": "visitor 401, * 200",
    "GET api-case-detail": "visitor 401, owner 200, member 200, * 404",
    "POST api-case-appeal": "visitor 401, owner 200, member 200, * 404",
}
DECIDERS = ("operator", "reviewer")
EDITORS = "operator 200, administrator 200, staff 403, * 302"
NOBODY = "staff 403, * 302"
ADMIN = {
    "GET admin:moderation_case_decision": (
        "operator 200, reviewer 200, administrator 200, staff 403, * 302"
    ),
    "POST admin:moderation_case_decision": (  # refused already: the reason why not comes back
        "operator 200, reviewer 200, administrator 200, staff 403, * 302"
    ),
    **{
        f"{method} admin:moderation_word_{view}": NOBODY if view == "delete" else EDITORS
        for method, views in (
            ("GET", ("changelist", "history", "change", "add", "delete")),
            ("POST", ("change", "add", "delete")),  # an empty form comes back
        )
        for view in views
    },
}
SEEN_IN_ADMIN = {"moderation_case": DECIDERS}


def arrange(cast: Cast) -> Arranged:
    party = cast.owner.party
    texts = {"intro": "我们的产品最好。"}
    watch_texts(cast.owner.actor, obj=party, party_id=party.pk, texts=texts, url="/")
    refuser = Actor(cast.administrator, None, OPERATOR, "web")
    case = refuse_case(refuser, case=Case.objects.get(), reason="请改掉")
    word = Word.objects.earliest("pk")
    about = {"pk": case.pk}
    return Arranged(
        kwargs={
            "case_detail": about,
            "api-case-detail": about,
            "api-case-appeal": about,
            "admin:moderation_case_decision": about,
            **{
                f"admin:moderation_word_{view}": {"object_id": str(word.pk)}
                for view in ("history", "delete", "change")
            },
        },
        bodies={
            "POST case_detail": {"text": "这是客户的原话。"},
            "POST api-case-appeal": {"text": "这是客户的原话。"},
            "POST admin:moderation_case_decision": {"decision": "pass"},
        },
        rows={"moderation_case": case},
    )
