"""How a method's `gathering` is checked: everything wrong with it at once, each at its place."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from portal.evaluation.gathering import Gaming, GatheringFaults, parse_gathering
from portal.evaluation.gathering.document import Window
from portal.evaluation.measures import MEASURES

METHODS = Path(__file__).parents[2] / "portal/evaluation/methods"
PROVIDER = json.loads((METHODS / "provider.gathering.json").read_text("utf-8"))


def faults_of(change, codes=None):
    document = deepcopy(PROVIDER)
    change(document)
    with pytest.raises(GatheringFaults) as error:
        parse_gathering(document, codes)
    return {(fault.path, fault.code) for fault in error.value.faults}


@pytest.mark.parametrize("code", ["provider", "agency"])
def test_starting_documents_are_sound_and_cover_their_method(code):
    document = json.loads((METHODS / f"{code}.gathering.json").read_text("utf-8"))
    gathering = parse_gathering(document)
    assert gathering.merchant_share == 0.25
    assert gathering.gaming == Gaming()
    assert all(code in MEASURES for code in gathering.measures)


@pytest.mark.parametrize(
    ("total", "band"), [(0, "S"), (9_999_999.99, "S"), (1e7, "M"), (99_999_999, "M"), (1e8, "L")]
)
def test_bands_end_below_their_number(total, band):
    bands = parse_gathering(PROVIDER).bands
    assert bands is not None
    assert bands.band_of(total) == band


def test_every_fault_is_told_at_once():
    def spoil(document):
        document["colour"] = "red"
        document["units"] = "person"
        document["merchant_share"] = 0
        document["windows"]["outcome"] = {"months": 12, "days": 365}
        document["indicators"]["C1"]["measure"] = "beauty"
        document["indicators"]["C2"]["window"] = "ever"
        document["indicators"]["C3"]["half_life"] = 30
        document["indicators"]["H3"]["half_life"] = None
        document["indicators"]["T1"]["fold"] = "distinct"
        document["indicators"]["I1"] = None
        document["indicators"]["H5"]["measure"] = "delivery"
        document["bands"]["steps"][1]["below"] = 5
        document["bands"]["steps"][2]["below"] = 7
        document["gaming"]["refund_hours"] = "24"

    assert faults_of(spoil) == {
        ("$.colour", "unknown_key"),
        ("$.units", "choice"),
        ("$.merchant_share", "too_small"),
        ("$.windows.outcome", "window"),
        ("$.indicators.C1.measure", "unknown"),
        ("$.indicators.C2.window", "choice"),
        ("$.indicators.C3.half_life", "not_here"),
        ("$.indicators.H3.half_life", "required"),
        ("$.indicators.T1.fold", "fold"),
        ("$.indicators.I1", "required"),
        ("$.indicators.H5.measure", "kind"),
        ("$.bands.steps[1].below", "order"),
        ("$.bands.steps[2].below", "not_here"),
        ("$.gaming.refund_hours", "type"),
    }


def test_indicators_are_exactly_those_of_the_method():
    found = faults_of(lambda document: document["indicators"].pop("C1"), ["C1", "C2"])
    assert ("$.indicators.C1", "required") in found
    assert ("$.indicators.C3", "unknown") in found


@pytest.mark.parametrize("document", [None, [], "x", {}])
def test_what_is_no_document_is_refused(document):
    with pytest.raises(GatheringFaults):
        parse_gathering(document)


@pytest.mark.parametrize(
    ("window", "ends_on", "too_old"),
    [
        (Window(months=12), date(2026, 9, 30), date(2025, 9, 30)),
        (Window(months=12), date(2025, 2, 28), date(2024, 2, 29)),
        (Window(months=1), date(2026, 3, 30), date(2026, 2, 28)),
        (Window(months=12), date(2026, 5, 15), date(2025, 5, 15)),
        (Window(days=90), date(2026, 9, 30), date(2026, 7, 2)),
    ],
)
def test_windows_end_where_the_calendar_says(window, ends_on, too_old):
    assert window.after(ends_on) == too_old
