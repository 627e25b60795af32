"""What others see of a party while a person looks at its words."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.moderation.rules import words_to_review
from portal.moderation.selectors import held_fields
from portal.moderation.services import watch_texts
from portal.parties.listing import publish_listing
from portal.parties.models import ClientCase, MerchantProfile, Party


def hold_name(party: Party, *, former: str) -> None:
    """Call it where the name was written: one that a person must look at is kept aside, and others
    go on reading the former one, or the party's number."""
    wanted = party.name
    party.wanted_name = wanted if words_to_review(wanted) else ""
    if party.wanted_name:
        party.name = former or number_of(party)
    party.save(update_fields=["name", "wanted_name"])


def number_of(party: Party) -> str:
    """What a party without a name to show is called: M-1024."""
    return f"{party.kind[:1].upper()}-{party.pk}"


def watch_party(actor: Actor, party: Party) -> None:
    """Call it where the party's texts were written; the party's row is locked."""
    texts = {"name": party.own_name, "intro": party.intro}
    url = party.get_absolute_url()
    watch_texts(actor, obj=party, party_id=party.pk, texts=texts, url=url)
    refresh_hold(str(party.pk))
    party.refresh_from_db(fields=["name", "wanted_name", "intro_held"])


def refresh_hold(party_id: str) -> None:
    """Hide or show the introduction and the name as the cases about them say."""
    party = Party.objects.get(pk=party_id)
    held = held_fields(party, {"intro": party.intro, "name": party.wanted_name})
    Party.objects.filter(pk=party.pk).exclude(intro_held="intro" in held).update(
        intro_held="intro" in held
    )
    if party.wanted_name and "name" not in held:
        Party.objects.filter(pk=party.pk).update(name=party.wanted_name, wanted_name="")
        publish_listing(party)


def watch_case(actor: Actor, case: ClientCase) -> None:
    """The same of a case of a provider."""
    url = case.get_absolute_url()
    watch_texts(actor, obj=case, party_id=case.party_id, texts=_case_texts(case), url=url)
    refresh_case_hold(str(case.pk))
    case.refresh_from_db(fields=["is_held"])


def refresh_case_hold(case_id: str) -> None:
    case = ClientCase.objects.get(pk=case_id)
    is_held = bool(held_fields(case, _case_texts(case)))
    ClientCase.objects.filter(pk=case.pk).exclude(is_held=is_held).update(is_held=is_held)


def watch_brands(actor: Actor, shop: MerchantProfile) -> None:
    """The same of the brands of a merchant, as one text."""
    url = shop.party.get_absolute_url()
    watch_texts(actor, obj=shop, party_id=shop.pk, texts=_brand_texts(shop), url=url)
    refresh_brands_hold(str(shop.pk))
    shop.refresh_from_db(fields=["brands_held"])


def refresh_brands_hold(party_id: str) -> None:
    shop = MerchantProfile.objects.get(party=int(party_id))
    is_held = bool(held_fields(shop, _brand_texts(shop)))
    others = MerchantProfile.objects.filter(pk=shop.pk).exclude(brands_held=is_held)
    if others.update(brands_held=is_held):
        publish_listing(shop.party)


def _brand_texts(shop: MerchantProfile) -> dict[str, str]:
    return {"brands": " · ".join(shop.brands.values_list("name", flat=True))}


def _case_texts(case: ClientCase) -> dict[str, str]:
    return {"title": case.title, "client": case.client, "summary": case.summary}
