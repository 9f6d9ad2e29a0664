"""One story more: the same site as a build of everything, at the price of one story; and a manifest that somebody changed."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backread.errors import PublishError
from backread.publish import verify
from backread.publish.listed import Listed
from backread.publish.manifest import Manifest
from backread.publish.record import PublicRecord
from backread.publish.site import Built, Stale, build, standing, update
from backread.values.publication import Withdrawal, WithdrawalKind
from backread.values.words import Copy
from publish.made import NOW, OUTLET, VOICE, Desk, desk, story, withdrawn

LATER = NOW + timedelta(days=90)
FORGED = "Mayor says the moon is a pier"


@pytest.fixture
def ours(tmp_path: Path) -> Desk:
    """A desk of its own for each test."""
    return desk(tmp_path / "home")


def whole(ours: Desk, place: Path, *records: PublicRecord) -> Built:
    """A build of everything."""
    return build(records, place / "site", trust=ours.trust, voice=VOICE, now=LATER)


def more(ours: Desk, place: Path, *records: PublicRecord) -> Built:
    """What a newsroom does: these records if the manifest holds, else Stale."""
    held = standing(place / "site", trust=ours.trust, voice=VOICE)
    if held is None:
        raise Stale("the manifest", step="use it")
    return update(held, records, place / "site", trust=ours.trust, voice=VOICE, now=LATER)


def files(place: Path) -> dict[str, bytes]:
    """Every file of the site."""
    out = place / "site"
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def one(ours: Desk, number: int, **told: Any) -> PublicRecord:
    """Story `number`, eight days after the one before: three or four a month."""
    copy = Copy(story=story(f"State will draw line {number} on Gull Key if the county won’t, secretary says"))
    at = NOW + timedelta(days=8 * number)
    topic = list(OUTLET.topics)[number % 3]
    return ours.publish(**{"name": f"s{number}", "copy": copy, "at": at, "topic": topic} | told)


def gone(record: PublicRecord, kind: WithdrawalKind) -> PublicRecord:
    """The same publication, withdrawn."""
    told = Withdrawal(
        outlet=OUTLET.id, publication=record.publication.id, kind=kind, by="ada", by_name="Ada Quillfeather",
        reason="The memo was a draft.", at=record.publication.not_before + timedelta(hours=3),
    )  # fmt: skip
    return withdrawn(record, told)


def test_story_by_story_makes_the_same_site_as_all_at_once(ours: Desk, tmp_path: Path) -> None:
    chance = random.Random(3)
    held: dict[str, PublicRecord] = {}
    whole(ours, tmp_path / "a")
    for number in range(6):
        record = one(ours, number)
        held[record.story] = record
        more(ours, tmp_path / "a", record)
        if number % 2:
            story_ = chance.choice(sorted(held))
            kind = chance.choice([WithdrawalKind.RETRACT, WithdrawalKind.TAKEDOWN])
            held[story_] = gone(held[story_], kind)
            assert more(ours, tmp_path / "a", held[story_]).refused == ()
        whole(ours, tmp_path / f"b{number}", *held.values())
        assert files(tmp_path / "a") == files(tmp_path / f"b{number}")


def test_one_more_costs_one_story_however_many_stand(
    ours: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    before = verify.before
    monkeypatch.setattr(
        verify, "before", lambda record, *rest: looked.append(record.story) or before(record, *rest)
    )  # type: ignore[func-returns-value]
    written = []
    for count, place in ((3, tmp_path / "few"), (10, tmp_path / "many")):
        whole(ours, place, *(one(ours, number) for number in range(count)))
        looked.clear()
        written.append(more(ours, place, one(ours, 10)).written)
        assert looked == ["s10-line"]
    assert len(written[0]) == len(written[1])


def test_what_nobody_asked_for_is_not_touched(ours: Desk, tmp_path: Path) -> None:
    whole(ours, tmp_path, *(one(ours, number) for number in range(4)))
    assert more(ours, tmp_path).written == ()


def test_a_refused_story_keeps_its_page_is_on_no_list_and_comes_back(ours: Desk, tmp_path: Path) -> None:
    records = [one(ours, number) for number in range(3)]
    whole(ours, tmp_path, *records)
    before = files(tmp_path)
    built = more(ours, tmp_path, replace(records[1], approvals=()))
    assert len(built.refused) == 1
    page = f"{records[1].path}index.html"
    assert files(tmp_path)[page] == before[page]
    assert records[1].slug not in files(tmp_path)["index.html"].decode()
    held = standing(tmp_path / "site", trust=ours.trust, voice=VOICE)
    assert held is not None
    assert held.again == {"s1-line"}
    assert more(ours, tmp_path, records[1]).refused == ()
    assert files(tmp_path) == before


def test_a_new_story_at_the_address_of_another_is_refused(ours: Desk, tmp_path: Path) -> None:
    first, second = one(ours, 0), one(ours, 1, at=NOW)
    whole(ours, tmp_path, first)
    before = files(tmp_path)
    built = more(ours, tmp_path, replace(second, slug=first.slug))
    assert ["Its address is another than" in str(err) for err in built.refused] == [True]
    assert {name: files(tmp_path)[name] for name in before if first.slug in name} == {
        name: content for name, content in before.items() if first.slug in name
    }


def test_in_turn_every_story_is_looked_at(ours: Desk, tmp_path: Path) -> None:
    whole(ours, tmp_path, *(one(ours, number) for number in range(7)))
    held = standing(tmp_path / "site", trust=ours.trust, voice=VOICE)
    assert held is not None
    assert [row.listed.story for row in held.next_rows("files", 1)] == ["s0-line"]
    rounds = [{row.listed.story for row in held.next_rows("records", 3)} for _ in range(3)]
    assert set.union(*rounds) == {f"s{number}-line" for number in range(7)}
    assert [len(found) for found in rounds] == [3, 3, 3]
    assert held.next_rows("records", 0) == []
    assert [row.listed.story for row in held.next_rows("records", 9)] == [
        f"s{number}-line" for number in (2, 3, 4, 5, 6, 0, 1)
    ]
    assert Manifest(folder=tmp_path / "none", seal=b"x").next_rows("files", 3) == []


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda trust: replace(trust, seal=b"another"), id="another secret"),
        pytest.param(lambda trust: replace(trust, seal=b""), id="no secret"),
        pytest.param(lambda trust: replace(trust, outlet=replace(OUTLET, name="The Other Packet")), id="another name"),
        pytest.param(lambda trust: replace(trust, keys=replace(trust.keys, keys=trust.keys.keys[:1])), id="other keys"),
        pytest.param(lambda trust: trust, id="the same"),
    ],
)  # fmt: skip
def test_what_is_remembered_holds_for_the_same_outlet_keys_and_secret_only(
    ours: Desk, tmp_path: Path, changed: Callable[[Any], Any]
) -> None:
    whole(ours, tmp_path, one(ours, 0))
    trust = changed(ours.trust)
    held = standing(tmp_path / "site", trust=trust, voice=VOICE)
    assert (held is not None) is (trust == ours.trust)


def test_another_theme_is_another_site(ours: Desk, tmp_path: Path) -> None:
    from backread.publish.render import THEME

    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    whole(ours, tmp_path, one(ours, 0))
    assert standing(tmp_path / "site", trust=ours.trust, voice=VOICE, theme=theme) is not None
    (theme / "site.css").write_text("body { color: red; }")
    assert standing(tmp_path / "site", trust=ours.trust, voice=VOICE, theme=theme) is None


# What somebody who can write beside the site, and not among the keys, could try.


def head(place: Path) -> dict[str, Any]:
    """The manifest's head, as an attacker reads it."""
    return json.loads((place / "site.manifest/head").read_bytes().partition(b"\n")[2])


def put_head(place: Path, told: dict[str, Any], seal: bytes | None = None) -> None:
    """A head with the seal that stood there, or one made with another secret."""
    old = (place / "site.manifest/head").read_bytes().partition(b"\n")[0]
    content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    new = hmac.new(seal, content, hashlib.sha256).hexdigest().encode() if seal is not None else old
    (place / "site.manifest/head").write_bytes(new + b"\n" + content)


def month(place: Path) -> Path:
    """The rows of the newest month."""
    return max(path for path in (place / "site.manifest").iterdir() if path.name != "head")


def forged_row(place: Path) -> bytes:
    """The newest month with words nobody approved at its newest story."""
    told = json.loads(month(place).read_bytes())
    told[max(told)]["listed"]["headline"] = FORGED
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def a_row_with_other_words(place: Path) -> None:
    month(place).write_bytes(forged_row(place))


def a_row_with_other_words_and_its_digest(place: Path) -> None:
    content, told, path = forged_row(place), head(place), month(place)
    digest = hashlib.sha256(content).hexdigest()
    told["months"][path.name[:7].replace("-", "/")]["digest"] = digest
    path.unlink()
    (path.parent / f"{path.name[:7]}.{digest[:16]}").write_bytes(content)
    put_head(place, told)


def sealed_with_another_secret(place: Path) -> None:
    a_row_with_other_words_and_its_digest(place)
    put_head(place, head(place), seal=b"guessed")


def sealed_with_nothing(place: Path) -> None:
    a_row_with_other_words_and_its_digest(place)
    put_head(place, head(place), seal=b"")


def a_page_and_its_digest(place: Path) -> None:
    """The page of a story is replaced, and the manifest says that it is as it was written."""
    path = max((place / "site").glob("2026/*/*/index.html"))
    path.write_text(FORGED)
    told = json.loads(month(place).read_bytes())
    for row in told.values():
        for name, stands in row["files"].items():
            if str(path).endswith(name):
                stands[2] = hashlib.sha256(FORGED.encode()).hexdigest()
    month(place).write_text(json.dumps(told))


def a_front_page_and_its_digest(place: Path) -> None:
    (place / "site/index.html").write_text(FORGED)
    told = head(place)
    told["lists"]["index.html"]["output"] = hashlib.sha256(FORGED.encode()).hexdigest()
    put_head(place, told)


def no_head(place: Path) -> None:
    (place / "site.manifest/head").unlink()


def no_rows(place: Path) -> None:
    month(place).unlink()


def a_month_in_the_place_of_another(place: Path) -> None:
    paths = sorted(path for path in (place / "site.manifest").iterdir() if path.name != "head")
    paths[-1].write_bytes(paths[0].read_bytes())


def a_month_left_out(place: Path) -> None:
    told = head(place)
    del told["months"][max(told["months"])]
    put_head(place, told)


def further_than_was_reached(place: Path) -> None:
    told = head(place)
    told["reached"] = {"size": 10**6}
    put_head(place, told)


def garbage(place: Path) -> None:
    (place / "site.manifest/head").write_bytes(b"\x00\xff" * 100)


def an_endless_head(place: Path) -> None:
    (place / "site.manifest/head").write_bytes(b"0" * 64 + b"\n" + b"[" * 100_000)


def a_folder_in_its_place(place: Path) -> None:
    no_head(place)
    (place / "site.manifest/head").mkdir()


ATTACKS = [
    a_row_with_other_words, a_row_with_other_words_and_its_digest, sealed_with_another_secret, sealed_with_nothing, a_page_and_its_digest,
    a_front_page_and_its_digest, no_head, no_rows, a_month_in_the_place_of_another, a_month_left_out, further_than_was_reached, garbage,
    an_endless_head,
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.__name__)
def test_a_changed_manifest_is_forgotten_and_never_believed(
    ours: Desk, tmp_path: Path, attack: Callable[[Path], None]
) -> None:
    records = [one(ours, number) for number in range(4)]
    whole(ours, tmp_path / "clean", *records, one(ours, 4))
    whole(ours, tmp_path / "site", *records)
    attack(tmp_path / "site")
    with pytest.raises(Stale):
        more(ours, tmp_path / "site", one(ours, 4))
    whole(ours, tmp_path / "site", *records, one(ours, 4))
    assert {k: v for k, v in files(tmp_path / "site").items() if "receipt" not in k} == {
        k: v for k, v in files(tmp_path / "clean").items() if "receipt" not in k
    }
    assert not [name for name, content in files(tmp_path / "site").items() if FORGED in content.decode()]
    # And what is remembered now is whole again.
    assert more(ours, tmp_path / "site").refused == ()


def test_a_folder_where_the_head_should_be_is_a_stated_error(ours: Desk, tmp_path: Path) -> None:
    whole(ours, tmp_path, one(ours, 0))
    a_folder_in_its_place(tmp_path)
    with pytest.raises(PublishError, match="write it"):
        whole(ours, tmp_path, one(ours, 0))


def test_an_older_manifest_put_back_says_so_and_the_rest_is_made_again(ours: Desk, tmp_path: Path) -> None:
    first, second = one(ours, 0), one(ours, 1)
    whole(ours, tmp_path, first)
    shutil.copytree(tmp_path / "site.manifest", tmp_path / "old")
    more(ours, tmp_path, gone(first, WithdrawalKind.TAKEDOWN))
    more(ours, tmp_path, second)
    stood = files(tmp_path)
    shutil.rmtree(tmp_path / "site.manifest")
    shutil.copytree(tmp_path / "old", tmp_path / "site.manifest")
    # It reached less far, so the newsroom hands over what was entered since; the takedown among it.
    more(ours, tmp_path, gone(first, WithdrawalKind.TAKEDOWN), second)
    assert files(tmp_path) == stood


def test_a_file_at_a_storys_address_that_nothing_stands_for_is_removed(ours: Desk, tmp_path: Path) -> None:
    record = one(ours, 0)
    whole(ours, tmp_path, record)
    for name in ("2026/10/planted/index.html", "2026/10/s0-line/extra.html", "robots.txt"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(FORGED)
    built = whole(ours, tmp_path, record)
    assert built.removed == ("2026/10/planted/index.html", "2026/10/s0-line/extra.html")
    assert (tmp_path / "site/robots.txt").exists()


def test_a_receipt_that_readers_hold_stays_as_it_is(ours: Desk, tmp_path: Path) -> None:
    """Its proofs lead to an older checkpoint and stay true; one that somebody changed is written anew."""
    record = one(ours, 0)
    whole(ours, tmp_path, record)
    name = f"{record.path}receipt.json"
    first = files(tmp_path)[name]
    one(ours, 1)
    entries = [ours.entries[0], ours.entries[1]]
    newer = replace(record.receipt, logged=tuple(ours.proof(entry) for entry in entries))
    again = replace(record, receipt=newer)
    assert newer.content() != first
    assert whole(ours, tmp_path, again).written == ()
    assert files(tmp_path)[name] == first
    (tmp_path / "site" / name).write_bytes(first.replace(b"Ada Quillfeather", b"Eve Quillfeather"))
    whole(ours, tmp_path, again)
    assert files(tmp_path)[name] == newer.content()


@pytest.mark.parametrize("kind", [None, WithdrawalKind.RETRACT, WithdrawalKind.TAKEDOWN], ids=str)
def test_a_listed_story_is_the_same_after_it_was_kept(
    ours: Desk, tmp_path: Path, kind: WithdrawalKind | None
) -> None:
    record = one(ours, 0, correction="It is 148.")
    whole(ours, tmp_path, gone(record, kind) if kind else record)
    held = standing(tmp_path / "site", trust=ours.trust, voice=VOICE)
    assert held is not None
    (row,) = held.rows()
    assert Listed.parse(row.listed.plain()) == row.listed
    has_words = kind is not WithdrawalKind.TAKEDOWN
    assert (row.listed.has_words, bool(row.listed.headline), bool(row.listed.fixes)) == (has_words,) * 3


def test_a_manifest_of_another_format_is_none(ours: Desk, tmp_path: Path) -> None:
    whole(ours, tmp_path, one(ours, 0))
    put_head(tmp_path, head(tmp_path), seal=ours.trust.seal)
    assert standing(tmp_path / "site", trust=ours.trust, voice=VOICE) is not None
    put_head(tmp_path, head(tmp_path) | {"format": 0}, seal=ours.trust.seal)
    assert standing(tmp_path / "site", trust=ours.trust, voice=VOICE) is None


def test_without_a_secret_nothing_is_remembered(ours: Desk, tmp_path: Path) -> None:
    record = one(ours, 0)
    unsealed = replace(ours.trust, seal=b"")
    for _ in range(2):
        built = build([record], tmp_path / "site", trust=unsealed, voice=VOICE, now=LATER)
        assert (built.unchanged, built.refused) == (0, ())
    assert not (tmp_path / "site.manifest").exists()


def test_a_month_whose_last_story_is_gone_is_gone_from_every_list(ours: Desk, tmp_path: Path) -> None:
    october, november = one(ours, 0), one(ours, 2)
    whole(ours, tmp_path, october, november)
    assert "2026/11/sitemap.xml" in files(tmp_path)["sitemap.xml"].decode()
    whole(ours, tmp_path, october)
    assert not [name for name in files(tmp_path) if name.startswith("2026/11")]
    for name in ("sitemap.xml", "index.html", "feed.json"):
        assert "2026/11" not in files(tmp_path)[name].decode()
    assert {path.name[:7] for path in (tmp_path / "site.manifest").iterdir()} == {"head", "2026-10"}


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.slow
def test_killed_while_one_more_is_built_and_gone_on(ours: Desk, tmp_path: Path) -> None:
    """At every fourth step: nothing half-written keeps a name, and the next build ends where an unbroken one does."""
    first, second = one(ours, 0), one(ours, 1)
    whole(ours, tmp_path / "start", first)
    whole(ours, tmp_path / "end", first, second)

    def stopped(place: Path, stop: int) -> int:
        """Build one more at `place` and end at step `stop`; how many steps were begun."""
        shutil.copytree(tmp_path / "start", place)
        held = standing(place / "site", trust=ours.trust, voice=VOICE)
        assert held is not None
        count = [0]

        def step(what: str, path: str) -> None:
            count[0] += 1
            if count[0] > stop:
                raise Killed

        with contextlib.suppress(Killed):
            update(held, [second], place / "site", trust=ours.trust, voice=VOICE, now=LATER, step=step)
        return count[0]

    begun = stopped(tmp_path / "all", 10_000)
    assert begun > 50
    stood, wanted = files(tmp_path / "start"), files(tmp_path / "end")
    for stop in range(0, begun, 4):
        place = tmp_path / f"k{stop}"
        stopped(place, stop)
        named = {name: told for name, told in files(place).items() if not name.endswith(".half")}
        assert all(told in (stood.get(name), wanted.get(name)) for name, told in named.items())
        more(ours, place, second)
        assert files(place) == wanted
        assert more(ours, place, second).written == ()
