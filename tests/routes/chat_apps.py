"""Chat apps that open an account; without their keys their doors are not there."""

from __future__ import annotations

from tests.routes import Arranged, Cast

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
DOORS = ("weixin_login", "weixin_callback", "openid_connect_login", "openid_connect_callback")
PAGES = {
    "GET binding_list": "visitor 302, * 200",
    "POST binding_end": "visitor 302, * 404",  # nothing is bound
    "GET socialaccount_connections": "visitor 302, * 200",
    "GET socialaccount_login_cancelled": "* 200",
    "GET socialaccount_login_error": "* 401",
    **{f"{method} socialaccount_signup": "* 302" for method in METHODS},  # an account begins here
    **{f"{method} {door}": "* 404" for method in METHODS for door in DOORS},
}
API = {
    "GET api-bindings": "visitor 401, * 200",
    "POST api-binding-end": "visitor 401, * 404",  # nothing is bound
}


def arrange(cast: Cast) -> Arranged:
    oidc = {"provider_id": "sso"}
    return Arranged(
        kwargs={
            "binding_end": {"pk": 1},
            "api-binding-end": {"pk": 1},
            "openid_connect_login": oidc,
            "openid_connect_callback": oidc,
        }
    )
