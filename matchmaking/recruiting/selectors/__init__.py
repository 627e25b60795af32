from matchmaking.recruiting.selectors.applications import (
    Candidate,
    Round,
    applications_to_lapse,
    applications_to_remind,
    candidates_for,
    match_of,
    rounds_of,
    whole_applications,
)
from matchmaking.recruiting.selectors.comparison import Fact, Line, compare_applications
from matchmaking.recruiting.selectors.posters import poster_of
from matchmaking.recruiting.selectors.posts import (
    counts_of,
    narrowed,
    open_posts,
    order_of,
    overdue_posts,
    unfinished_posts,
    values_of_post,
    whole_posts,
)
from matchmaking.recruiting.selectors.records import Record, record_of

__all__ = [
    "Candidate",
    "Fact",
    "Line",
    "Record",
    "Round",
    "applications_to_lapse",
    "applications_to_remind",
    "candidates_for",
    "compare_applications",
    "counts_of",
    "match_of",
    "narrowed",
    "open_posts",
    "order_of",
    "overdue_posts",
    "poster_of",
    "record_of",
    "rounds_of",
    "unfinished_posts",
    "values_of_post",
    "whole_applications",
    "whole_posts",
]
