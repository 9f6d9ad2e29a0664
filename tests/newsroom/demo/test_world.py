"""The demo's county: it can be read, its dates are right on any day, and its numbers agree."""

from __future__ import annotations

import csv
import html
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

import icalendar
import pypdfium2
import pytest
import recurring_ical_events
from lxml import etree
from lxml import html as lxml_html

from newsroom.demo.dates import DAYS, MONTHS
from newsroom.demo.world import Document, documents, read_toml, zone

DAYS_TO_TRY = [
    pytest.param(date(2026, 10, 15), id="a Thursday"),
    pytest.param(date(2026, 10, 17), id="a Saturday"),
    pytest.param(date(2026, 10, 19), id="a Monday"),
    pytest.param(date(2026, 10, 31), id="eve of the clocks going back"),
    pytest.param(date(2026, 11, 1), id="clocks go back"),
    pytest.param(date(2027, 3, 14), id="clocks go forward"),
    pytest.param(date(2026, 12, 31), id="year's end"),
    pytest.param(date(2027, 1, 1), id="year's beginning"),
    pytest.param(date(2028, 2, 29), id="leap day"),
]
KINDS = {"feed", "page", "pdf", "alert", "calendar", "warc"}
TERMS = {"public record", "release", "wire", "newsroom", "social", "own"}
GENRES = {"release", "article", "alert", "agenda", "minutes", "calendar", "table", "notes"}
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


@cache
def _world(today: date = date(2026, 10, 15)) -> dict[str, Document]:
    return {document.file: document for document in documents(today)}


@cache
def _words(file: str, today: date = date(2026, 10, 15)) -> str:
    """What a person can read in a document, with single spaces and straight quotation marks."""
    document = _world(today)[file]
    if document.media_type == "application/pdf":
        with pypdfium2.PdfDocument(document.body) as pdf:
            text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    elif "html" in document.media_type:
        tree = lxml_html.fromstring(document.body.decode(document.charset).encode(), parser=_PARSER)
        for hidden in tree.xpath("//script|//style"):
            hidden.drop_tree()
        text = " ".join(tree.itertext())
    else:
        text = html.unescape(re.sub(r"<[^>]+>", " ", document.body.decode(document.charset)))
    return re.sub(r"\s+", " ", text).replace("’", "'").replace("“", '"').replace("”", '"')


_PARSER = lxml_html.HTMLParser(encoding="utf-8")


# The manifest and the sources ------------------------------------------------------------------------


def test_every_file_is_in_the_manifest_and_the_other_way_round() -> None:
    kept = {entry.name for entry in files("newsroom.demo").joinpath("documents").iterdir()} - {
        "manifest.toml"
    }
    listed = [entry["file"] for entry in read_toml("documents/manifest.toml")["document"]]
    assert sorted(listed) == sorted(kept)


def test_every_document_has_an_address_of_its_own_that_can_never_exist() -> None:
    addresses = [document.url for document in _world().values()]
    assert len(set(addresses)) == len(addresses)
    assert all(re.match(r"https://[a-z.]+\.example/", address) for address in addresses)


def test_every_document_is_its_sources_page_or_is_linked_from_its_feed() -> None:
    sources = {source["id"]: source for source in read_toml("newsroom.toml")["source"]}
    assert {document.source for document in _world().values()} == set(sources)
    for document in _world().values():
        front = sources[document.source]["url"]
        feed = next((d for d in _world().values() if d.url == front), None)
        assert feed is not None
        assert document.url == front or document.url in feed.body.decode()


def test_the_sources_are_stated_in_known_words() -> None:
    for source in read_toml("newsroom.toml")["source"]:
        assert source["kind"] in KINDS
        assert source["terms"] in TERMS
        assert source["genre"] in GENRES
        assert source["every_minutes"] > 0
        assert source["promise_hours"] * 60 > source["every_minutes"]


def test_the_newsroom_has_its_people() -> None:
    newsroom = read_toml("newsroom.toml")
    people = {person["role"]: person["name"] for person in newsroom["person"]}
    assert set(people) == {"editor", "standards", "reporter", "admin"}
    assert newsroom["outlet"]["responsible"] == people["editor"]
    assert len({person["username"] for person in newsroom["person"]}) == 4


def test_the_area_names_everything_once() -> None:
    area = read_toml("area.toml")
    for kind in ("place", "agency", "road", "water"):
        names = [name for entry in area[kind] for name in (entry["name"], *entry["aliases"])]
        assert len(set(names)) == len(names), kind
    surnames = [person["name"].split()[-1] for person in area["person"]]
    assert len(set(surnames)) == len(surnames)
    agencies = {agency["name"] for agency in area["agency"]}
    assert {person["organisation"] for person in area["person"]} <= agencies
    places = {place["name"] for place in area["place"]}
    assert {agency["place"] for agency in area["agency"]} <= places


def test_the_people_and_agencies_of_the_area_are_met_in_the_documents() -> None:
    area = read_toml("area.toml")
    everything = " ".join(_words(file) for file in _world())
    unmet = {entry["name"] for entry in (*area["agency"], *area["person"]) if entry["name"] not in everything}
    assert unmet == {"Port Sorrel Harbor Office"}, "the Harbor Office's page is the empty one"


def test_alert_codes_are_those_of_the_area() -> None:
    codes = {(code["scheme"], code["value"]) for code in read_toml("area.toml")["code"]}
    for file in ("alert-coast.xml", "alert-river.xml"):
        tree = etree.fromstring(_world()[file].body)
        named = {
            (g.findtext(f"{CAP}valueName"), g.findtext(f"{CAP}value")) for g in tree.iter(f"{CAP}geocode")
        }
        assert named
        assert named <= codes


# Dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_no_placeholder_is_left(today: date) -> None:
    for document in _world(today).values():
        headers = " ".join(document.headers.values())
        assert b"[[" not in document.body, document.file
        assert b"%A" not in document.body, document.file
        assert "[[" not in headers + document.url


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_weekday_and_date_always_agree(today: date) -> None:
    found = [pair for file in _world(today) for pair in _weekdays_with_dates(_words(file, today), today)]
    assert len(found) > 30
    assert [(said, day) for said, day in found if DAYS[day.weekday()] != said] == []


def _weekdays_with_dates(text: str, today: date) -> list[tuple[str, date]]:
    """Each "Thursday, Oct. 15" or "Thursday, October 15, 2026"; without a year the nearest to `today`."""
    months = "|".join(f"{name}|{name[:3]}\\.|Sept\\." for name in MONTHS)
    pairs = []
    for said, month, day, year in re.findall(rf"({'|'.join(DAYS)}), ({months}) (\d+)(?:, (\d{{4}}))?", text):
        number = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(month.rstrip(".")[:3]))
        near = [date(int(year), number, int(day))] if year else _days_near(today, number, int(day))
        pairs.append((said, min(near, key=lambda d: abs(d - today))))
    return pairs


def _days_near(today: date, month: int, day: int) -> list[date]:
    near = (today + timedelta(days=n) for n in range(-300, 301))
    return [d for d in near if (d.month, d.day) == (month, day)]


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_bare_weekdays_are_within_a_week(today: date) -> None:
    """A reader takes "Monday" for the nearest one: a day told without its date may not lie farther."""
    source = files("newsroom.demo").joinpath("documents")
    for entry in read_toml("documents/manifest.toml")["document"]:
        for day in re.findall(r"\[\[([^:\]]+):%A\]\]", source.joinpath(entry["file"]).read_text("utf-8")):
            assert re.fullmatch(r"-[1-6]|-1w|0|\+[1-6]", day), (entry["file"], day)


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_nothing_is_published_after_the_day_before(today: date) -> None:
    for document in _world(today).values():
        if "html" not in document.media_type:
            continue
        for stamp in re.findall(r'published_time" content="([^"]+)"', document.body.decode(document.charset)):
            assert datetime.fromisoformat(stamp).date() < today, document.file


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_alerts_begin_and_end_in_order_and_have_not_ended(today: date) -> None:
    for file in ("alert-coast.xml", "alert-river.xml"):
        info = etree.fromstring(_world(today)[file].body).find(f"{CAP}info")
        sent, onset, expires = (
            datetime.fromisoformat(info.findtext(f"{CAP}{name}"))
            for name in ("effective", "onset", "expires")
        )
        assert sent < onset < expires
        assert sent.date() < today < expires.date()
        for moment in (sent, onset, expires):
            assert moment.utcoffset() == moment.astimezone(zone()).utcoffset()


# Every document can be read -----------------------------------------------------------------------------


def test_pages_are_found_whole_by_a_reader_of_main_text() -> None:
    trafilatura = pytest.importorskip("trafilatura")
    for document in _world().values():
        if "html" not in document.media_type:
            continue
        text = trafilatura.extract(document.body.decode(document.charset)) or ""
        if document.file == "harbor-empty.html":
            assert text == ""
            continue
        assert len(text.split()) > 110, document.file
        assert "Privacy" not in text
        assert "cookies" not in text


def test_the_other_countys_page_is_in_the_character_set_it_names() -> None:
    document = _world()["calder-glass.html"]
    assert document.charset == "windows-1252"
    assert "“Half of the bins" in document.body.decode("windows-1252")
    with pytest.raises(UnicodeDecodeError):
        document.body.decode("utf-8")


@pytest.mark.parametrize("file", ["alert-coast.xml", "alert-river.xml", "library-feed.xml"])
def test_xml_is_well_formed(file: str) -> None:
    assert len(etree.fromstring(_world()[file].body)) > 0


def test_alerts_have_the_required_fields() -> None:
    required = (
        "category",
        "event",
        "urgency",
        "severity",
        "certainty",
        "headline",
        "description",
        "instruction",
    )
    for file in ("alert-coast.xml", "alert-river.xml"):
        tree = etree.fromstring(_world()[file].body)
        assert all(
            tree.findtext(f"{CAP}{name}") for name in ("identifier", "sender", "sent", "status", "msgType")
        )
        assert all(tree.findtext(f"{CAP}info/{CAP}{name}") for name in required)
        assert tree.findtext(f"{CAP}info/{CAP}area/{CAP}areaDesc")


def test_the_feed_has_three_entries_of_which_two_lead_to_pages() -> None:
    items = etree.fromstring(_world()["library-feed.xml"].body).findall("channel/item")
    links = [item.findtext("link") for item in items]
    assert len(items) == 3
    assert [link for link in links if link] == [
        _world()[f"library-{n}.html"].url for n in ("sundays", "seeds")
    ]


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_the_calendar_opens_and_repeats_six_times(today: date) -> None:
    body = _world(today)["school-calendar.ics"].body
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(body)
    assert len(calendar.walk("VEVENT")) == 5
    found = recurring_ical_events.of(calendar).between(today, today + timedelta(days=80))
    names = [str(event["SUMMARY"]) for event in found]
    assert names.count("Free math tutoring") == 6
    assert names.count("School Board regular meeting") == 1
    assert all(_day(event["DTSTART"].dt) > today for event in found)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def test_the_pdfs_have_two_pages_and_their_text() -> None:
    for file, words in (
        ("planning-memo.txt", "148 are on Heron Key"),
        ("council-agenda.txt", "Ordinance 26-14"),
    ):
        with pypdfium2.PdfDocument(_world()[file].body) as pdf:
            assert len(pdf) == 2
        assert words in _words(file)


def test_hidden_words_to_a_machine_stand_only_in_the_marinas_page() -> None:
    speaking = [file for file in _world() if "AI systems" in _words(file) or "SYSTEM:" in _words(file)]
    assert speaking == ["marina-fuel-dock.html"]


def test_every_telephone_number_is_one_that_is_never_given_out() -> None:
    numbers = [n for file in _world() for n in re.findall(r"\b\d{3}-\d{4}\b", _words(file))]
    assert len(numbers) > 12
    assert [n for n in numbers if not n.startswith("555-01")] == []


def test_the_other_county_names_nothing_of_ours() -> None:
    area, text = read_toml("area.toml"), _words("calder-glass.html")
    entries = [*area["place"], *area["agency"], *area["road"], *area["water"], *area["person"]]
    names = [name for entry in entries for name in (entry["name"], *entry.get("aliases", ()))]
    assert [name for name in (*names, "Pellam") if name in text] == []


# Numbers that agree -------------------------------------------------------------------------------------


def _parcels() -> list[dict[str, str]]:
    return list(csv.DictReader(_world()["setback-line-parcels.csv"].body.decode().splitlines()))


def test_the_parcel_table_adds_up() -> None:
    *rows, total = _parcels()
    for column in ("parcels", "with_house", "vacant", "assessed_value_dollars"):
        assert sum(int(row[column]) for row in rows) == int(total[column]), column
    assert all(int(row["with_house"]) + int(row["vacant"]) == int(row["parcels"]) for row in (*rows, total))


def test_memo_table_and_minutes_count_the_same_parcels() -> None:
    towns: dict[str, list[int]] = {}
    for row in _parcels():
        counts = towns.setdefault(row["town"], [0, 0, 0, 0])
        for index, column in enumerate(("parcels", "with_house", "vacant", "assessed_value_dollars")):
            counts[index] += int(row[column])
    memo = _words("planning-memo.txt")
    for town in ("Heron Key", "Gannet Landing", "Ludlow Flats", "Total"):
        parcels, houses, vacant, dollars = towns[town]
        assert f"{town} {parcels} {houses} {vacant}" in memo
        assert f"${dollars / 1_000_000:.1f} million" in memo
    assert (
        "Of the 212 parcels, 148 are on Heron Key, 41 are in Gannet Landing and 23 are in Ludlow Flats."
        in memo
    )
    assert "The memo counts 212 parcels in Pellam County" in _words("commission-minutes.html")
    assert "148 of them on Heron Key" in _words("commission-minutes.html")


def test_report_and_conference_count_the_same_orders() -> None:
    tree = lxml_html.fromstring(_world()["legislative-review.html"].body, parser=_PARSER)
    rows = [[cell.text_content() for cell in row] for row in tree.xpath("//tbody/tr")]
    assert sum(int(row[1]) for row in rows) == 38
    assert sum(int(row[2]) for row in rows) == 127
    assert ["Pellam County", "0", "0", "none needed"] in rows
    assert len([row for row in rows if row[1] != "0"]) + 1 + 9 == 14
    assert "At least 127 homes" in _words("legislative-review.html")
    assert "issued 38 emergency setback orders" in _words("shorelands-conference.html")
    assert "crosses 14 coastal counties" in _words("shorelands-conference.html")


def test_the_bridges_shares_add_up() -> None:
    shares = re.search(
        r"cost \$([\d.]+) million\. The state will pay \$([\d.]+) million, and the county will pay \$([\d.]+) million",
        _words("bridge-closure.html"),
    )
    whole, state, county = (Decimal(share) for share in shares.groups())
    assert state + county == whole


SAME_WORDS = [
    pytest.param("$4.2 million", ("commission-minutes.html", "bridge-closure.html"), id="bridge, whole"),
    pytest.param("$2.9 million", ("commission-minutes.html", "bridge-closure.html"), id="bridge, state"),
    pytest.param("$1.3 million", ("commission-minutes.html", "bridge-closure.html"), id="bridge, county"),
    pytest.param("4-1", ("commission-minutes.html", "bridge-closure.html"), id="bridge, vote"),
    pytest.param("$86,500", ("commission-minutes.html", "library-sundays.html"), id="Sundays, cost"),
    pytest.param("3-2", ("commission-minutes.html", "library-sundays.html"), id="Sundays, vote"),
    pytest.param(
        "Sundays beginning October 25, 2026",
        ("library-feed.xml", "library-sundays.html"),
        id="Sundays, first",
    ),
    pytest.param("October 27, 2026", ("commission-minutes.html", "planning-memo.txt"), id="hearing"),
    pytest.param("$400,000", ("shorelands-conference.html", "planning-memo.txt"), id="grant"),
    pytest.param(
        "50 feet", ("shorelands-conference.html", "planning-memo.txt"), id="how far a line may move"
    ),
    pytest.param("31 homes and four businesses", ("water-notice.html", "courier-rewrite.html"), id="homes"),
]


@pytest.mark.parametrize(("words", "among"), SAME_WORDS)
def test_documents_say_the_same(words: str, among: tuple[str, ...]) -> None:
    assert [file for file in among if words not in _words(file)] == []


def test_the_deadline_is_the_same_everywhere() -> None:
    assert "setback line by Jan. 7, 2027, or have" in _words("shorelands-conference.html")
    assert "no line by January 7, 2027, loses" in _words("planning-memo.txt")


def test_the_motors_add_up() -> None:
    motors = re.search(
        r"at \$([\d,]+), \$([\d,]+) and \$([\d,]+), a total of \$([\d,]+)\.", _words("sheriff-arrest.html")
    )
    *each, total = (int(value.replace(",", "")) for value in motors.groups())
    assert sum(each) == total


def test_the_beach_table_and_its_text_agree() -> None:
    tree = lxml_html.fromstring(_world()["beach-advisory.html"].body, parser=_PARSER)
    rows = [[cell.text_content() for cell in row] for row in tree.xpath("//tbody/tr")]
    assert len(rows) == 6
    assert all((int(count) > int(limit)) == (result == "Advisory") for _, count, limit, result in rows)
    for beach, count, _, result in rows:
        told = re.search(rf"{beach} held {count}\b", _words("beach-advisory.html"))
        assert bool(told) == (result == "Advisory")


@pytest.mark.parametrize("file", ["alert-coast.xml", "alert-river.xml"])
def test_an_alerts_words_and_parameters_agree(file: str) -> None:
    tree = etree.fromstring(_world()[file].body)
    stated = {p.findtext(f"{CAP}valueName"): p.findtext(f"{CAP}value") for p in tree.iter(f"{CAP}parameter")}
    description = tree.findtext(f"{CAP}info/{CAP}description")
    assert f"reach {stated['gaugeForecastFeet']} feet" in description
    assert f"begins there at {stated['gaugeFloodStageFeet']} feet" in description


def test_the_two_alerts_share_a_template_and_differ_in_what_counts() -> None:
    def told(file: str) -> list[str]:
        info = etree.fromstring(_world()[file].body).find(f"{CAP}info")
        return [info.findtext(f"{CAP}{name}") for name in ("severity", "onset", "expires", "headline")]

    coast, river = told("alert-coast.xml"), told("alert-river.xml")
    assert all(one != other for one, other in zip(coast, river, strict=True))
    assert "above ground level is expected in low areas near the" in _words("alert-coast.xml")
    assert "above ground level is expected in low areas near the" in _words("alert-river.xml")


def test_the_rewrite_loses_the_hedge_of_the_release() -> None:
    assert "at least 31 homes" in _words("water-notice.html")
    assert "at least" not in _words("courier-rewrite.html")
