"""Recruiting posts and the applications to them."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.recruiting import services
from matchmaking.recruiting.fields import OfferFields
from matchmaking.recruiting.models import Offer, Promise
from tests import factories
from tests.routes import Arranged, Cast

WATCHING = "visitor 302, operator 200, risk 200, auditor 200, administrator 200, * 403"
POSTERS = "visitor 302, agency 200, creator 200, * 403"
OWN_POST = "visitor 302, creator {}, * 404"
SEEN = (
    "visitor 302, owner {}, member {}, creator {}, "
    "operator {}, risk {}, auditor {}, administrator {}, * 404"
)


def deciding(owner: int, member: int, creator: int, staff: int = 403) -> str:
    return SEEN.format(owner, member, creator, staff, staff, staff, staff)


PAGES = {
    "GET post_register": WATCHING,
    "GET post_list": "* 200",
    "GET post_create": POSTERS,
    "POST post_create": POSTERS,
    "POST post_autosave": "visitor 302, agency 302, creator 302, * 403",
    "GET post_draft": "visitor 302, agency 404, creator 200, * 403",
    "POST post_draft": "visitor 302, agency 404, creator 200, * 403",
    "POST post_draft_removal": OWN_POST.format(302),
    "POST post_template": OWN_POST.format(302),
    "POST post_template_removal": OWN_POST.format(302),
    "POST post_search": (
        "visitor 302, owner 302, member 302, provider 302, rival 302, agency 302, creator 302, "
        "* 403"
    ),
    "POST post_search_removal": "visitor 302, owner 302, member 302, * 404",
    "GET product_suggestions": "visitor 302, owner 200, member 200, * 403",
    "GET post_application_list": POSTERS,
    # Nothing is chosen.
    "GET post_application_comparison": "visitor 302, agency 422, creator 422, * 403",
    "POST post_application_decisions": "visitor 302, agency 302, creator 302, * 403",
    "GET post_application_own": "visitor 302, owner 200, member 200, * 403",
    "GET post_detail": "* 200",
    "GET post_edit": OWN_POST.format(200),
    "POST post_edit": OWN_POST.format(200),
    "POST post_publication": OWN_POST.format(409),
    "POST post_pause": OWN_POST.format(302),
    "POST post_resumption": OWN_POST.format(409),
    "POST post_closing": OWN_POST.format(302),
    "POST post_extension": OWN_POST.format(302),
    "GET post_poster": "visitor 302, * 200",
    "GET post_poster_picture": "visitor 302, * 200",
    "GET post_poster_paper": "visitor 302, * 200",
    "GET post_suggestions": OWN_POST.format(200),
    "GET post_application": "visitor 302, owner 200, * 403",
    "POST post_application": "visitor 302, owner 302, * 403",
    "GET post_application_detail": deciding(200, 200, 200, 200),
    "POST post_application_shortlist": deciding(403, 403, 302),
    "POST post_application_acceptance": deciding(403, 403, 302),
    "POST post_application_refusal": deciding(403, 403, 302),
    "POST post_application_withdrawal": deciding(302, 403, 403),
    "POST post_application_offer": deciding(302, 403, 302),
    "POST post_application_agreement": deciding(302, 403, 403),
}
OWN_API = "visitor 401, creator {}, * 403"


def deciding_api(owner: int, member: int, creator: int, staff: int = 403) -> str:
    return deciding(owner, member, creator, staff).replace("302", "401", 1)


API = {
    "GET api-post-list": "visitor 401, * 200",
    "POST api-post-list": "visitor 401, agency 201, creator 201, * 403",
    "GET api-post-detail": "visitor 401, * 200",
    "GET api-post-poster": "visitor 401, * 200",
    "PUT api-post-detail@draft": OWN_API.format(200).replace("* 403", "* 404"),
    "POST api-post-publication": OWN_API.format(409),
    "POST api-post-pause": OWN_API.format(200),
    "POST api-post-resumption": OWN_API.format(409),
    "POST api-post-closing": OWN_API.format(200),
    "POST api-post-extension": OWN_API.format(200),
    "GET api-post-suggestions": OWN_API.format(200),
    "GET api-postdraft-list": "visitor 401, * 200",
    "POST api-postdraft-list": "visitor 401, agency 201, creator 201, * 403",
    "GET api-postdraft-detail": "visitor 401, creator 200, * 404",
    "PUT api-postdraft-detail": "visitor 401, creator 200, * 404",
    "DELETE api-postdraft-detail": "visitor 401, creator 200, * 404",
    "GET api-posttemplate-list": "visitor 401, * 200",
    "POST api-posttemplate-list": "visitor 401, agency 404, creator 201, * 403",
    "GET api-posttemplate-detail": "visitor 401, creator 200, * 404",
    "DELETE api-posttemplate-detail": "visitor 401, creator 200, * 404",
    "GET api-postsearch-list": "visitor 401, * 200",
    "POST api-postsearch-list": (
        "visitor 401, owner 201, member 201, provider 201, rival 201, agency 201, creator 201, "
        "* 403"
    ),
    "GET api-postsearch-detail": "visitor 401, owner 200, member 200, * 404",
    "DELETE api-postsearch-detail": "visitor 401, owner 200, member 200, * 404",
    "GET api-post-application-list": "visitor 401, * 200",
    "POST api-post-application-list": "visitor 401, owner 201, member 403, * 403",
    "GET api-post-application-detail": deciding_api(200, 200, 200, 200),
    # No product is named.
    "GET api-post-application-matches": "visitor 401, owner 404, member 404, * 403",
    "POST api-post-application-decisions": "visitor 401, agency 200, creator 200, * 403",
    "POST api-post-application-shortlist": deciding_api(403, 403, 200),
    "POST api-post-application-acceptance": deciding_api(403, 403, 201),
    "POST api-post-application-refusal": deciding_api(403, 403, 200),
    "POST api-post-application-withdrawal": deciding_api(200, 403, 403),
    "GET api-post-application-offers": deciding_api(200, 200, 200, 200),
    "POST api-post-application-offers": deciding_api(201, 403, 201),
    "POST api-post-application-agreement": deciding_api(201, 403, 403),
}

LOOKING_AFTER = ("operator", "risk", "auditor")
SEEN_IN_ADMIN = {
    "recruiting_post": LOOKING_AFTER,
    "recruiting_application": LOOKING_AFTER,
    "recruiting_offer": LOOKING_AFTER,
    "recruiting_promise": LOOKING_AFTER,
}
OF_POST = (
    *("post_detail", "post_publication", "post_pause", "post_resumption", "post_closing"),
    *("post_extension", "post_template", "post_suggestions", "post_application"),
    *("api-post-detail", "api-post-publication", "api-post-pause", "api-post-resumption"),
    *("api-post-closing", "api-post-extension", "api-post-suggestions", "api-post-poster"),
    *("post_poster", "post_poster_picture", "post_poster_paper"),
)
OF_APPLICATION = ("detail", "shortlist", "acceptance", "refusal", "withdrawal")
ANSWERED = ("agreement", "offer")


def arrange(cast: Cast) -> Arranged:
    poster, merchant = cast.creator.actor, cast.owner.actor
    post, draft = factories.open_post(poster), factories.draft_post(poster)
    application = factories.submitted_application(merchant, post)
    product = factories.listed_product(merchant)
    negotiated = factories.submitted_application(merchant, post)
    services.counter_offer(poster, application=negotiated, fields=OfferFields(2_500, 1))
    alone = factories.open_post(poster, is_exclusive=True)
    promised = factories.submitted_application(merchant, alone, is_exclusive=True)
    services.accept_application(poster, application=promised)
    typed = services.DRAFTING.keep(poster, values={"title": ["半句"]})
    template = services.save_template(poster, post=post, name="日常")
    search = services.save_search(merchant, name="零食", query="commission=20")
    day = post.closes_on + timedelta(days=1)
    body = post_body()
    terms = {"commission_bp": 2_300, "samples": 1, "note": ""}
    return Arranged(
        kwargs={
            **{name: {"pk": post.pk} for name in OF_POST},
            "post_edit": {"pk": draft.pk},
            "api-post-detail@draft": {"pk": draft.pk},
            **{
                f"{prefix}-{what}" if prefix.startswith("api") else f"{prefix}_{what}": {
                    "pk": application.pk
                }
                for prefix in ("post_application", "api-post-application")
                for what in OF_APPLICATION
            },
            "post_application_offer": {"pk": application.pk},
            "post_application_agreement": {"pk": negotiated.pk},
            "api-post-application-offers": {"pk": application.pk},
            "api-post-application-agreement": {"pk": negotiated.pk},
            "post_draft": {"draft_id": typed.pk},
            "post_draft_removal": {"draft_id": typed.pk},
            "post_template_removal": {"pk": template.pk},
            "api-postdraft-detail": {"pk": typed.pk},
            "api-posttemplate-detail": {"pk": template.pk},
            "api-postsearch-detail": {"pk": search.pk},
            "post_search_removal": {"pk": search.pk},
        },
        bodies={
            "POST post_search": {"name": "春茶", "query": "price=60"},
            "POST post_template": {"name": "另一个"},
            "POST post_extension": {"closes_on": str(day), "live_on": str(post.live_on)},
            "POST post_application": {"product": product.pk, "commission": "22", "samples": "1"},
            "POST post_application_decisions": {
                "picked": f"{application.pk}:1",
                "decision": "shortlist",
            },
            "POST post_application_acceptance": {"version": "1"},
            "POST post_application_refusal": {"reason": "price"},
            "POST post_application_withdrawal": {"reason": "stock"},
            "POST post_application_offer": {"commission": "23", "samples": "1", "version": "1"},
            "POST post_application_agreement": {"version": "2"},
            "POST api-post-list": body,
            "PUT api-post-detail": body,
            "POST api-postdraft-list": {"values": {"title": ["一"]}},
            "PUT api-postdraft-detail": {"values": {"title": ["二"]}, "seen": 1},
            "POST api-posttemplate-list": {"post": post.pk, "name": "又一"},
            "POST api-postsearch-list": {"name": "秋茶", "query": "commission=20"},
            "POST api-post-extension": {"closes_on": str(day)},
            "POST api-post-application-list": {"post": post.pk, "product": product.pk} | terms,
            "POST api-post-application-decisions": {
                "picked": [{"application": application.pk, "version": 1}],
                "decision": "shortlist",
            },
            "POST api-post-application-acceptance": {"version": 1},
            "POST api-post-application-refusal": {"reason": "price"},
            "POST api-post-application-withdrawal": {"reason": "stock"},
            "POST api-post-application-offers": terms | {"version": 1},
            "POST api-post-application-agreement": {"version": 2},
        },
        rows={
            "recruiting_post": post,
            "recruiting_application": application,
            "recruiting_promise": Promise.objects.get(),
            "recruiting_offer": Offer.objects.filter(application=application).get(),
        },
    )


def post_body() -> dict[str, object]:
    fields = factories.post_fields()
    return {
        "title": fields.title,
        "brief": fields.brief,
        "categories": list(fields.category_ids),
        "price_low_fen": fields.price_low_fen,
        "price_high_fen": fields.price_high_fen,
        "commission_least_bp": fields.commission_least_bp,
        "sources": list(fields.sources),
        "live_on": str(fields.live_on),
        "closes_on": str(fields.closes_on),
        "samples_wanted": 1,
    }
