"""The bench of peers with peers of our own: each is asked every sentence, and what is absent or breaks gets no row."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from backread.bench import peers
from backread.errors import BadInput
from backread.verbs.bench import flat

SOURCE = "The board met on Monday, March 3, 2025. It approved the repair of the pier for $40,000. Tamsin Orde spoke."
ROWS = [
    ("true", "Tamsin Orde spoke.", 1),
    ("true of two", "Tamsin Orde spoke. It approved the repair of the pier for $40,000.", 1),
    ("false", "It approved the repair of the pier for $90,000.", 0),
    ("false of two", "Tamsin Orde spoke. It approved the repair of the pier for $90,000.", 0),
    ("unlabelled", "Tamsin Orde left.", None),
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "pier_dev.jsonl"
    told = [{"id": id, "source": SOURCE, "claim": claim, "label": label} for id, claim, label in ROWS]
    path.write_text("\n".join(map(json.dumps, told)))
    return path


def verbatim(sentence: str, source: str) -> peers.Answer:
    return sentence in source, 0.7


def breaks(sentence: str, source: str) -> peers.Answer:
    raise KeyError("no\nslot")


def tires(sentence: str, source: str) -> peers.Answer:
    if "pier" in sentence and "closed" not in sentence:
        raise ValueError("too many piers")
    return True, 0.5


Stand = Callable[..., None]


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """Puts peers of ours in the place of PyPI's; those of `missing` are not installed."""

    def placed(missing: tuple[str, ...] = (), **there: peers.Ask) -> None:
        def version(name: str) -> str:
            if name in missing:
                raise PackageNotFoundError(name)
            return "1.2"

        monkeypatch.setattr(peers, "PEERS", {name: (lambda ask=ask: ask) for name, ask in there.items()})
        monkeypatch.setattr(peers, "version", version)
        peers._ready.cache_clear()

    yield placed
    peers._ready.cache_clear()


def test_a_peer_is_asked_every_sentence_and_the_worst_counts(rows: Path, stand: Stand) -> None:
    stand(verbatim=verbatim)
    told: list[dict[str, object]] = []
    figures = peers.run(rows, 0, told.append)  # type: ignore[arg-type]
    there = figures["pier_dev"]
    assert there["n"] == 4  # type: ignore[index]
    theirs = there["verbatim"]  # type: ignore[index]
    assert (theirs["balanced_accuracy"], theirs["auroc"], theirs["version"]) == (1.0, 1.0, "1.2")
    assert there["backread"]["balanced_accuracy"] == 1.0  # type: ignore[index]
    assert theirs["ours_over_balanced_accuracy"] == 1.0
    assert figures["not_measured"] == {}
    outcomes = {(row["peer"], row["id"]): (row["outcome"], row["score"]) for row in told}
    assert outcomes["verbatim", "true of two"] == ("supported", 0.85)
    assert outcomes["verbatim", "false of two"] == ("refuted", 0.35)
    assert len(outcomes) == 8


@pytest.mark.parametrize(
    ("row", "missing", "ask", "key", "why"),
    [
        ("absent", ("other",), verbatim, "other", "it is not installed (see requirements/peers.txt)"),
        ("broken as it is", (), breaks, "other", "it broke: KeyError: 'no\\nslot'"),
        ("breaks on the way", (), tires, "pier_dev, other", "it broke: ValueError: too many piers"),
    ],
)  # fmt: skip
def test_one_that_cannot_be_measured_gets_a_line_and_no_row(row: str, missing: tuple[str, ...], ask: peers.Ask, key: str, why: str, rows: Path, stand: Stand) -> None:  # fmt: skip
    stand(missing, verbatim=verbatim, other=ask)
    figures = peers.run(rows, 0)
    assert figures["not_measured"] == {key: why}, row
    assert set(figures["pier_dev"]) == {"n", "backread", "verbatim"}  # type: ignore[call-overload]


def test_every_peer_is_pinned_where_the_page_says() -> None:
    pins = (Path(__file__).resolve().parents[2] / "requirements/peers.txt").read_text()
    assert [name for name in peers.PEERS if f"{name}==" not in pins] == []


def test_ratios_are_ours_over_theirs() -> None:
    ours = {"balanced_accuracy": 0.75, "auroc": 0.9}
    assert peers.ratios(ours, {"balanced_accuracy": 0.5, "auroc": 0.6}) == {"ours_over_balanced_accuracy": 1.5, "ours_over_auroc": 1.5}  # fmt: skip
    assert peers.ratios(ours, {"balanced_accuracy": 0.0, "auroc": 0.6}) == {"ours_over_auroc": 1.5}


def test_a_folder_of_claims_is_a_set(tmp_path: Path, stand: Stand) -> None:
    stand(verbatim=verbatim)
    folder = tmp_path / "ours" / "hand"
    folder.mkdir(parents=True)
    for number in range(30):
        text = f"document: minutes | Pier | Tarrow\n\npassage\n{SOURCE}\n\nT paraphrase: Tamsin Orde spoke.\n"
        (folder / f"n{number}.txt").write_text(text)
    name, rows = peers.read_set(tmp_path / "ours", 0)
    assert name == "ours"
    assert 0 < len(rows) < 30
    assert all(row.is_true and row.source == SOURCE for row in rows)


def test_the_altered_sentences_are_a_set(tmp_path: Path) -> None:
    folder = tmp_path / "claims/written/hand"
    folder.mkdir(parents=True)
    for number in range(12):
        text = f"document: minutes | Pier | Tarrow\n\npassage\n{SOURCE}\n\nT paraphrase: Tamsin Orde spoke.\n"
        (folder / f"n{number}.txt").write_text(text)
    name, rows = peers.read_set(tmp_path, 4)
    assert (name, len(rows)) == ("edits", 4)
    assert {row.is_true for row in rows} == {True, False}
    assert all(row.source == SOURCE and (row.claim in SOURCE) is row.is_true for row in rows)


def test_a_claim_without_a_sentence_is_unsupported(stand: Stand) -> None:
    assert peers._judging(verbatim)("", SOURCE) == (0.0, peers.Outcome.REFUTED)


@pytest.mark.parametrize("path", ["none.jsonl", "."])
def test_no_claims(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadInput):
        peers.run(tmp_path / path, 0)


def test_figures_in_figures_are_told_by_their_whole_name() -> None:
    assert dict(flat({"n": 1, "a": {"b": {"c": 2}}, "none": {}})) == {"n": 1, "a.b.c": 2, "none": {}}


class _Any:
    """A package that holds whatever its peer asks it for."""

    def __init__(self, **held: object) -> None:
        self.__dict__.update(held)


def _installed(monkeypatch: pytest.MonkeyPatch, **held: object) -> None:
    for name, members in held.items():
        module = types.ModuleType(name)
        module.__dict__.update(members)  # type: ignore[arg-type]
        monkeypatch.setitem(sys.modules, name.replace("__", "."), module)


def test_how_groundcheck_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def verify(self: object, text: str, memories: list[_Any]) -> _Any:
        return _Any(passed=text in memories[0].text, confidence=0.4)  # type: ignore[attr-defined]

    _installed(
        monkeypatch, groundcheck={"GroundCheck": type("GroundCheck", (), {"verify": verify}), "Memory": _Any}
    )
    ask = peers.groundcheck()
    assert (ask("Tamsin Orde spoke.", SOURCE), ask("It rained.", SOURCE)) == ((True, 0.4), (False, 0.4))


def test_how_hallucination_gate_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class HallucinationGate:
        def __init__(self, **settings: str) -> None:
            assert settings == {"quality_mode": "ci", "policy": "balanced"}, "no weights are downloaded"

        def check(self, query: str, answer: str, context: list[str]) -> _Any:
            assert context == ["One.", "Two."]
            return _Any(released=True, claims=[{"support_score": 0.8}, {"support_score": 0.6}])

    _installed(monkeypatch, hallucination_gate={"HallucinationGate": HallucinationGate})
    assert peers.hallucination_gate()("One.", "One.\n\nTwo.\n\n") == (True, 0.6)


def test_how_newsrag_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class NewsroomRAG:
        def __init__(self, generate: Callable[[str], str]) -> None:
            self.generate, self.source = generate, _Any()

        def add(self, source: _Any) -> None:
            self.source = source

    def assist(rag: NewsroomRAG, question: str, critic: bool) -> _Any:
        assert not critic
        claims = [claim for claim in json.loads(rag.generate(""))["claims"] if len(claim) < 30]
        return _Any(claims=[_Any(supported=c in rag.source.text, similarity=0.9) for c in claims])  # type: ignore[attr-defined]

    _installed(monkeypatch, newsrag={"NewsroomRAG": NewsroomRAG, "Source": _Any, "assist": assist})
    ask = peers.newsrag()
    assert ask("Tamsin Orde spoke.", SOURCE) == (True, 0.9)
    assert ask("It is longer than what it looks at.", SOURCE) == (False, 0.0), (
        "a claim it passes over is not supported"
    )


@pytest.mark.parametrize("has_wordnet", [True, False])
def test_how_groundrails_is_asked(has_wordnet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    homes: list[str] = []
    state: dict[str, object] = {}

    def init(wordnet: bool, home: str) -> None:
        assert not wordnet, "nothing is fetched"
        homes.append(home)

    def grounding_document(
        claims: list[str], sources: list[tuple[str, str]], ignore_language: bool
    ) -> dict[str, object]:
        assert ignore_language, "no claim is refused for the language it is taken for"
        return {"claims": [{"grounded": claims[0] in sources[0][1], "score": 0.3}]}

    def find(name: str) -> None:
        if not has_wordnet:
            raise LookupError(name)

    _installed(
        monkeypatch,
        groundrails={"init": init, "grounding_document": grounding_document},
        groundrails__lexical={"_WN": state},
        loguru={"logger": _Any(disable=lambda name: None)},
        nltk={},
        nltk__data={"find": find},
    )
    ask = peers.groundrails()
    assert ask("Tamsin Orde spoke.", SOURCE) == (True, 0.3)
    assert Path(homes[0]).is_dir(), "its settings do not land in the folder one stands in"
    assert state == ({} if has_wordnet else {"mod": None, "cache": {}})
