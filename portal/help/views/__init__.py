from portal.help.views.articles import article_detail, article_list
from portal.help.views.desk import (
    desk_answer,
    desk_assignment,
    desk_list,
    desk_priority,
    desk_ticket,
)
from portal.help.views.tickets import (
    help_ask,
    ticket_detail,
    ticket_link,
    ticket_list,
    ticket_rating,
    ticket_reply,
    ticket_resolution,
)

__all__ = [
    "article_detail",
    "article_list",
    "desk_answer",
    "desk_assignment",
    "desk_list",
    "desk_priority",
    "desk_ticket",
    "help_ask",
    "ticket_detail",
    "ticket_link",
    "ticket_list",
    "ticket_rating",
    "ticket_reply",
    "ticket_resolution",
]
