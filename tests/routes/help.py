"""Asking for help is everybody's; a question its asker's; the desk the operators'."""

from portal.help import services
from portal.help.fields import Question
from portal.help.models import Article, CannedAnswer
from tests.factories import user
from tests.routes import Arranged, Cast

DESK = "visitor 302, support 200, operator 200, administrator 200, * 403"
DESK_WRITES = "visitor 302, support 302, operator 302, administrator 302, * 403"
PAGES = {
    "GET article_list": "* 200",
    "GET article_detail": "* 200",
    "GET help_ask": "* 200",
    "POST help_ask": "* 200",  # an empty form comes back
    "GET ticket_link": "* 404",  # a forged link
    "GET ticket_list": "visitor 302, * 200",
    "GET ticket_detail": "owner 200, member 200, * 404",
    "POST ticket_reply": "owner 302, member 302, * 404",
    "POST ticket_resolution": "owner 302, member 302, * 404",
    "POST ticket_rating": "owner 200, member 200, * 404",  # no stars chosen
    "GET desk_list": DESK,
    "GET desk_ticket": DESK,
    "POST desk_answer": DESK_WRITES,
    "POST desk_assignment": DESK_WRITES,
    "POST desk_priority": DESK_WRITES,
}
API = {
    "GET api-ticket-list": "visitor 401, * 200",
    "POST api-ticket-list": "visitor 401, * 201",
    "GET api-ticket-detail": "visitor 401, owner 200, member 200, * 404",
    "POST api-ticket-messages": "visitor 401, owner 201, member 201, * 404",
    "POST api-ticket-resolution": "visitor 401, owner 200, member 200, * 404",
    "POST api-ticket-rating": "visitor 401, owner 409, member 409, * 404",
}
SEEN_IN_ADMIN = {"help_ticket": ("operator", "support")}
EDITORS = "support 200, operator 200, administrator 200, staff 403, * 302"
NOBODY = "staff 403, * 302"
EDITED = ("help_article", "help_cannedanswer")
ADMIN = {
    f"{method} admin:{model}_{view}": NOBODY if view == "delete" else EDITORS
    for model in EDITED
    for view in ("changelist", "history", "change", "add", "delete")
    for method in ("GET", "POST")
    if method == "GET" or view in ("change", "add", "delete")  # an empty form comes back
}


def arrange(cast: Cast) -> Arranged:
    question = Question(topic="party", text="怎么补资料？", for_party=True)
    ticket = services.ask_help(cast.owner.actor, question=question)
    about = {"public_id": ticket.public_id}
    helper = user("helper@example.com")
    routes = ("ticket_detail", "ticket_reply", "ticket_resolution", "ticket_rating")
    desk = ("desk_ticket", "desk_answer", "desk_assignment", "desk_priority")
    api = ("detail", "messages", "resolution", "rating")
    kwargs = dict.fromkeys((*routes, *desk, *(f"api-ticket-{a}" for a in api)), about)
    kwargs |= {"article_detail": {"code": "verify"}, "ticket_link": {"proof": "forged"}}
    for model, row in (
        ("help_article", Article.objects.earliest("pk")),
        ("help_cannedanswer", CannedAnswer.objects.earliest("pk")),
    ):
        for view in ("history", "delete", "change"):
            kwargs[f"admin:{model}_{view}"] = {"object_id": str(row.pk)}
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST ticket_reply": {"text": "还有一点。"},
            "POST desk_answer": {"text": "请看这里。", "outcome": "answered"},
            "POST desk_assignment": {"assignee": helper.pk},
            "POST desk_priority": {"priority": "high"},
            "POST api-ticket-list": {"topic": "need", "text": "怎么写？"},
            "POST api-ticket-messages": {"text": "还有一点。"},
            "POST api-ticket-rating": {"stars": 5},
        },
        rows={"help_ticket": ticket},
    )
