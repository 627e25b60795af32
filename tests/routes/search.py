"""The search is everybody's; what it finds is each person's own."""

from tests.routes import Arranged, Cast

PAGES = {
    "GET search": "* 200",
    "GET search_suggestions": "* 302",  # without the box around it, it is the page
}
API = {"GET api-search": "* 200"}


def arrange(_cast: Cast) -> Arranged:
    return Arranged()
