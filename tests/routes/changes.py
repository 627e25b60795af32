"""What changed is each person's own."""

from tests.routes import Arranged, Cast

PAGES = {
    "GET change_list": "visitor 302, * 200",
    "POST change_seen": "* 302",
}
API = {
    "GET api-changes": "visitor 401, * 200",
    "POST api-changes-seen": "visitor 401, * 200",
}


def arrange(_cast: Cast) -> Arranged:
    return Arranged()
