"""Building the site: once, twice, interrupted at every step, corrected, retracted, taken down, erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from backread.errors import PublishError
from backread.ledger.receipt import Receipt
from backread.ledger.verdict import judge
from backread.publish.excerpt import MOST_WORDS, cut
from backread.publish.files import Stands, write
from backread.publish.jsonld import as_script, source_type
from backread.publish.record import Excerpt, Past, PublicRecord
from backread.publish.site import EXPORTS, Built, build
from backread.review import statement
from backread.values.canonical import digest_of
from backread.values.capture import Passage
from backread.values.picture import Picture
from backread.values.publication import PARTS, Withdrawal, WithdrawalKind
from backread.values.source import Terms
from backread.values.statement import Clause, ClauseId, Statement
from backread.values.words import Copy
from publish.made import NOW, OUTLET, RIVAL, VOICE, Desk, desk, erased, story
from publish.made import withdrawn as as_entered

LATER = NOW + timedelta(days=1)


@pytest.fixture
def ours(tmp_path: Path) -> Desk:
    """A desk of its own for each test."""
    return desk(tmp_path / "home")


def made(ours: Desk, tmp_path: Path, *records: PublicRecord, **told: object) -> Built:
    """The site of these records."""
    return build(records, tmp_path / "site", trust=ours.trust, voice=VOICE, now=LATER, **told)  # type: ignore[arg-type]


def files(tmp_path: Path) -> dict[str, bytes]:
    """Every file of the site."""
    out = tmp_path / "site"
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def withdrawn(record: PublicRecord, kind: WithdrawalKind) -> PublicRecord:
    """The same publication, withdrawn."""
    gone = Withdrawal(
        outlet=OUTLET.id, publication=record.publication.id, kind=kind, by="ada", by_name="Ada Quillfeather",
        reason="The memo was a draft that was never adopted.", at=NOW + timedelta(hours=3),
    )  # fmt: skip
    return as_entered(record, gone)


def test_a_story_comes_out_with_everything_around_it(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish(taken_over=[7])
    built = made(ours, tmp_path, record, checkpoint=ours.note())
    found = files(tmp_path)
    assert built.refused == ()
    assert set(found) == {
        "2026/10/index.html", "2026/10/s1-line/index.html", "2026/10/s1-line/receipt.json",
        "2026/10/s1-line/receipt/index.html", "404.html", "corrections/index.html", "how-we-use-ai/index.html",
        "index.html", "ledger/checkpoint", "ledger/keys.json", "icon.svg", "site.css", "sitemap.xml", "sitemap-pages.xml", "2026/10/sitemap.xml", *(f"topics/{t}/index.html" for t in OUTLET.topics),
        *EXPORTS,
    }  # fmt: skip
    page = found["2026/10/s1-line/index.html"].decode()
    for sentence in story().sentences:
        assert sentence.text in page
    for clause in record.statement.clauses:
        assert statement.words(clause).split(". ")[-1] in page
    assert page.count('class="mark word"') == 1
    assert RIVAL.text not in page
    assert " ".join(RIVAL.text.split()[:MOST_WORDS]) in page


def test_building_twice_changes_nothing(ours: Desk, tmp_path: Path) -> None:
    records = [ours.publish(name="s1"), ours.publish(name="s2", topic="water")]
    made(ours, tmp_path, *records)
    first = files(tmp_path)
    again = made(ours, tmp_path, *records)
    assert (again.written, again.removed, files(tmp_path)) == ((), (), first)
    assert again.unchanged == len(first)


def test_one_more_story_leaves_the_other_pages_alone(ours: Desk, tmp_path: Path) -> None:
    first = ours.publish(name="s1")
    made(ours, tmp_path, first)
    built = made(ours, tmp_path, first, ours.publish(name="s2", topic="water"))
    assert not [name for name in built.written if "s1-line" in name or "shoreline" in name or "404" in name]
    assert {"index.html", "topics/water/index.html", "feed.rss"} <= set(built.written)
    assert built.written.index("2026/10/s2-line/receipt.json") < built.written.index(
        "2026/10/s2-line/index.html"
    )
    assert built.written.index("2026/10/s2-line/index.html") < built.written.index("index.html")


def test_the_front_page_heads_no_list_that_is_empty(ours: Desk, tmp_path: Path) -> None:
    first = ours.publish(name="s1")
    for records, heads in (([first], 0), ([first, ours.publish(name="s2", topic="water")], 1)):
        made(ours, tmp_path, *records)
        page = files(tmp_path)["index.html"].decode()
        assert page.count("The latest") == page.count('class="columns"') == heads
        assert page.count('class="item') == len(records)


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.slow
def test_killed_at_every_step_and_built_again(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish()
    whole = tmp_path / "whole"
    steps: list[str] = []
    build(
        [record],
        whole / "site",
        trust=ours.trust,
        voice=VOICE,
        now=LATER,
        step=lambda what, path: steps.append(what),
    )
    wanted = files(whole)
    assert len(steps) > 50
    for stop in range(len(steps)):
        place = tmp_path / f"k{stop}"
        _killed(ours, record, place, stop)
        assert all(
            wanted[name] == content for name, content in files(place).items() if not name.endswith(".half")
        )
        again = build([record], place / "site", trust=ours.trust, voice=VOICE, now=LATER)
        assert (again.refused, files(place)) == ((), wanted)


def _killed(ours: Desk, record: PublicRecord, place: Path, stop: int) -> None:
    count = iter(range(10_000))

    def step(what: str, path: str) -> None:
        if next(count) == stop:
            raise Killed

    with pytest.raises(Killed):
        build([record], place / "site", trust=ours.trust, voice=VOICE, now=LATER, step=step)


def test_a_file_touched_by_hand_is_put_right(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish()
    made(ours, tmp_path, record)
    first = files(tmp_path)
    (tmp_path / "site/2026/10/s1-line/index.html").write_text("Something else")
    (tmp_path / "site/feed.json").unlink()
    assert set(made(ours, tmp_path, record).written) == {"2026/10/s1-line/index.html", "feed.json"}
    assert files(tmp_path) == first


def test_a_lost_manifest_is_only_slower(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish()
    made(ours, tmp_path, record)
    first = files(tmp_path)
    (tmp_path / "site.manifest" / "head").write_bytes(b"[not a manifest")
    assert made(ours, tmp_path, record).unchanged == 0
    assert files(tmp_path) == first


def test_a_correction_stands_at_the_top_in_the_lists_and_in_the_feeds(ours: Desk, tmp_path: Path) -> None:
    first = ours.publish(at=NOW - timedelta(hours=1))
    record = ours.publish(number=2, correction="It is 148, not 184.", supersedes=first.publication.id)
    past = (Past(publication=first.publication, approvals=first.approvals),)
    assert (
        made(ours, tmp_path, replace(record, past=past, first_published=first.first_published)).refused == ()
    )
    found = files(tmp_path)
    words = "Corrected on Oct. 16, 2026: It is 148, not 184."
    for name in ("2026/10/s1-line/index.html", "feed.rss", "feed.atom", "feed.json"):
        assert words in found[name].decode()
    assert "It is 148, not 184." in found["corrections/index.html"].decode()
    assert "It is 148, not 184." in found["index.html"].decode()


def test_a_retracted_story_keeps_its_address_reason_first(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish()
    made(ours, tmp_path, record)
    assert made(ours, tmp_path, withdrawn(record, WithdrawalKind.RETRACT)).refused == ()
    found = files(tmp_path)
    page = found["2026/10/s1-line/index.html"].decode()
    assert page.index("never adopted") < page.index("<details>") < page.index("Comments are taken")
    assert "noindex" in page
    assert "Retracted: State will draw" in found["feed.rss"].decode()
    assert "never adopted" in found["corrections/index.html"].decode()
    assert "State will draw" not in found["index.html"].decode()


@pytest.mark.parametrize(
    "gone",
    [
        pytest.param(lambda r: withdrawn(r, WithdrawalKind.TAKEDOWN), id="taken down"),
        pytest.param(lambda r: erased(r, "body"), id="body erased"),
        pytest.param(lambda r: erased(r, *PARTS), id="all erased"),
    ],
)  # fmt: skip
def test_no_word_is_left(ours: Desk, tmp_path: Path, gone: Callable[[PublicRecord], PublicRecord]) -> None:
    record = ours.publish()
    made(ours, tmp_path, record)
    assert made(ours, tmp_path, gone(record)).refused == ()
    found = files(tmp_path)
    assert "2026/10/s1-line/index.html" in found
    for name, content in found.items():
        for sentence in story().sentences:
            assert sentence.text not in content.decode(), name
    receipt = Receipt.parse(found["2026/10/s1-line/receipt.json"])
    assert judge(receipt, [ours.site.key, ours.log.key], says=statement.words).holds


@pytest.mark.parametrize(
    "not_yet",
    [
        pytest.param(lambda r: withdrawn(r, WithdrawalKind.CANCEL), id="cancelled"),
        pytest.param(lambda r: r, id="not due"),
    ],
)
def test_what_is_not_public_is_not_there(
    ours: Desk, tmp_path: Path, not_yet: Callable[[PublicRecord], PublicRecord]
) -> None:
    record = ours.publish(at=LATER + timedelta(hours=1))
    now = LATER if not_yet(record) is record else LATER + timedelta(hours=2)
    build([not_yet(record)], tmp_path / "site", trust=ours.trust, voice=VOICE, now=now)
    assert not [name for name in files(tmp_path) if "line/" in name and "topics" not in name]
    assert "Nothing has been published yet." in files(tmp_path)["index.html"].decode()


def test_what_is_made_no_more_is_removed_and_a_refused_story_stays(ours: Desk, tmp_path: Path) -> None:
    first, second = ours.publish(name="s1"), ours.publish(name="s2")
    made(ours, tmp_path, first, second)
    stood = files(tmp_path)["2026/10/s2-line/index.html"]
    built = made(ours, tmp_path, replace(second, approvals=()))
    assert len(built.refused) == 1
    assert [name for name in built.removed if "s1-line" in name]
    assert files(tmp_path)["2026/10/s2-line/index.html"] == stood


def test_two_stories_cannot_share_an_address(ours: Desk, tmp_path: Path) -> None:
    first, second = ours.publish(name="s1"), ours.publish(name="s2")
    built = made(ours, tmp_path, first, replace(second, slug=first.slug))
    assert ["Its address is another than" in str(err) for err in built.refused] == [True]


PNG = b"\x89PNG\r\n\x1a\n rest"


@pytest.mark.parametrize(
    ("content", "is_there"),
    [
        pytest.param(PNG, True, id="a picture"),
        pytest.param(b"<svg onload=x>", False, id="not a picture"),
        pytest.param(None, False, id="absent"),
    ],
)
def test_pictures(ours: Desk, tmp_path: Path, content: bytes | None, is_there: bool) -> None:
    digest = digest_of(content or b"")
    copy = Copy(story=story(), pictures=(Picture(file="a.png", digest=digest, credit="Rhoda Pike"),))
    media = {digest: content} if content else {}
    record = ours.publish(copy=copy, change=lambda f: f.update(media=media))
    assert made(ours, tmp_path, record).refused == ()
    assert any("picture-" in name for name in files(tmp_path)) is is_there
    assert ("<img" in files(tmp_path)["2026/10/s1-line/index.html"].decode()) is is_there


def test_feeds_are_well_formed_and_say_the_statement(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish()
    made(ours, tmp_path, record, withdrawn(ours.publish(name="s2"), WithdrawalKind.RETRACT))
    found = files(tmp_path)
    sitemaps = ("sitemap.xml", "sitemap-pages.xml", "2026/10/sitemap.xml", "news-sitemap.xml")
    for name in ("feed.rss", "feed.atom", *sitemaps):
        etree.fromstring(found[name])
    feed = json.loads(found["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    said = [statement.words(c) for c in record.statement.clauses]
    assert feed["items"][1]["_backread"]["statement"] == said
    assert " ".join(said) in found["feed.rss"].decode()
    assert "s1-line" in found["2026/10/sitemap.xml"].decode()
    assert not [name for name in sitemaps if "s2-line" in found[name].decode()]


def test_the_page_tells_machines_the_same(ours: Desk, tmp_path: Path) -> None:
    made(ours, tmp_path, ours.publish())
    page = files(tmp_path)["2026/10/s1-line/index.html"].decode()
    told = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert told["@type"] == "NewsArticle"
    assert told["digitalSourceType"].endswith("/algorithmicMedia")
    assert told["editor"] == [{"@type": "Person", "name": "Ada Quillfeather", "jobTitle": "editor"}]
    assert "</script>" not in as_script({"a": "</script><script>"})


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        pytest.param([ClauseId.AI], "trainedAlgorithmicMedia", id="language model"),
        pytest.param(
            [ClauseId.AI, ClauseId.CHANGED], "compositeWithTrainedAlgorithmicMedia", id="and a person"
        ),
        pytest.param([ClauseId.RULE_FIELDS], "dataDrivenMedia", id="fields"),
        pytest.param([ClauseId.RULE_PROSE], "algorithmicMedia", id="prose by rule"),
        pytest.param([ClauseId.SUPPLIED], "", id="a person"),
    ],
)
def test_digital_source_type(ids: list[ClauseId], kind: str) -> None:
    found = source_type(Statement(clauses=tuple(Clause(id=id_) for id_ in ids)))
    assert found.rpartition("/")[2] == kind


LONG = Excerpt(
    passage=Passage(capture=RIVAL.id, start=0, text="word " * 40), before="be " * 50, after="af " * 50
)
SHORT = replace(LONG, passage=Passage(capture=RIVAL.id, start=0, text="few words"))


@pytest.mark.parametrize(
    ("excerpt", "terms", "shown"),
    [
        pytest.param(LONG, Terms.PUBLIC_RECORD, (40, 40, 40, False), id="public record: with context"),
        pytest.param(LONG, Terms.RELEASE, (40, 0, 0, False), id="release: the passage"),
        pytest.param(LONG, Terms.NEWSROOM, (25, 0, 0, True), id="newsroom: 25 words"),
        pytest.param(LONG, Terms.WIRE, (25, 0, 0, True), id="wire: 25 words"),
        pytest.param(LONG, Terms.SOCIAL, (25, 0, 0, True), id="social: 25 words"),
        pytest.param(SHORT, Terms.SOCIAL, (2, 0, 0, False), id="social: fewer"),
        pytest.param(SHORT, Terms.OWN, None, id="own: nothing"),
    ],
)
def test_excerpts_are_capped_by_terms(
    excerpt: Excerpt, terms: Terms, shown: tuple[int, int, int, bool] | None
) -> None:
    found = cut(excerpt, terms)
    counted = found and (*(len(t.split()) for t in (found.words, found.before, found.after)), found.shortened)
    assert counted == shown


def test_own_notes_are_named_and_never_shown(ours: Desk, tmp_path: Path) -> None:
    record = ours.publish(reporter="Rhoda Pike")
    own = record.sources[0]
    assert made(ours, tmp_path, record).refused == ()
    page = files(tmp_path)["2026/10/s1-line/index.html"].decode()
    assert "Rhoda Pike’s notes" in page
    assert "In Tern County, 212 parcels lie" not in page
    assert own.url not in page


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        pytest.param(
            "", {"terms": Terms.OWN, "reporter": "Rhoda Pike"}, id="nobody's note, called somebody's"
        ),
        pytest.param("Rhoda Pike", {"terms": Terms.OWN, "reporter": "Eve"}, id="called another's"),
        pytest.param("Rhoda Pike", {"terms": Terms.RELEASE}, id="called a release"),
        pytest.param("", {"terms": Terms.RELEASE, "url": "note:s1/0"}, id="a note by its address"),
    ],
)
def test_own_notes_called_something_else_are_not_shown(
    ours: Desk, tmp_path: Path, signed: str, told: dict[str, object]
) -> None:
    record = ours.publish(reporter=signed)
    source = replace(record.sources[0], **told)
    (refused,) = made(ours, tmp_path, replace(record, sources=(source, record.sources[1]))).refused
    assert "own note is called" in str(refused) or "own reporting is not by" in str(refused)


@pytest.mark.parametrize(
    ("report", "href"),
    [
        pytest.param("desk@packet.example", "mailto:desk@packet.example?subject=2026/10/s1-line/", id="mail"),
        pytest.param(
            "https://desk.example/report", "https://desk.example/report?story=2026/10/s1-line/", id="form"
        ),
        pytest.param("javascript:x()", None, id="neither"),
    ],
)
def test_report_an_error(ours: Desk, tmp_path: Path, report: str, href: str | None) -> None:
    trust = replace(ours.trust, outlet=replace(OUTLET, report=report))
    build([ours.publish()], tmp_path / "site", trust=trust, voice=VOICE, now=LATER)
    page = files(tmp_path)["2026/10/s1-line/index.html"].decode()
    assert ("Report an error here" in page) is (href is not None)
    assert href is None or href in page


def test_a_full_disk_is_a_stated_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PublishError, match="write it"):
        write(tmp_path / "file" / "below", b"x")


def test_a_file_that_is_not_there_does_not_stand(tmp_path: Path) -> None:
    digest = digest_of(b"x")
    stands = Stands(inputs=digest, theme=digest, output=digest)
    assert not stands.hold(tmp_path / "a", digest, digest)
    (tmp_path / "a").write_bytes(b"x")
    assert stands.hold(tmp_path / "a", digest, digest)
    assert not stands.hold(tmp_path / "a", digest_of(b"y"), digest)
