"""The builder reads its own pages: a theme may arrange what was approved, and say nothing beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from backread.errors import PublishError
from backread.publish import readback
from backread.publish.render import THEME
from backread.publish.site import build
from backread.publish.voice import Speech, plain
from publish.made import NOW, VOICE, Desk, desk


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk for all rows."""
    return desk(tmp_path_factory.mktemp("home"))


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A theme with one thing changed."""

    def change(theme: Path) -> None:
        file = theme / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


COPY = '<div class="copy">'
TOP = '<aside class="statement" data-statement="top"'


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(edited("story.html", COPY, "<p>Every story is fact-checked.</p>" + COPY), id="adds fact-checked"),
        pytest.param(edited("story.html", COPY, "<p>Read on.</p>" + COPY), id="adds harmless words"),
        pytest.param(edited("story.html", COPY, '<p title="fact-checked"></p>' + COPY), id="adds it in an attribute"),
        pytest.param(edited("story.html", COPY, '<img src="a.png" alt="certified">' + COPY), id="adds it as a picture's text"),
        pytest.param(edited("story.html", "{{ description }}", "Fact-checked. {{ description }}"), id="adds it to what is shared"),
        pytest.param(edited("story.html", COPY, "<!-- fact-checked -->" + COPY), id="adds it as a comment"),
        pytest.param(edited("story.html", COPY, "<script>1</script>" + COPY), id="a script"),
        pytest.param(edited("story.html", COPY, '<script src="x.js"></script>' + COPY), id="a script from a file"),
        pytest.param(
            edited("story.html", "{{ jsonld }}", '{"@type": "NewsArticle", "headline": "Fact-checked"}'), id="machines told otherwise"
        ),
        pytest.param(edited("story.html", COPY, '<iframe src="x"></iframe>' + COPY), id="a frame"),
        pytest.param(edited("story.html", COPY, "<style>p{}</style>" + COPY), id="a style element"),
        pytest.param(edited("story.html", COPY, '<img src="https://spy.example/p.gif" alt="">' + COPY), id="a picture from elsewhere"),
        pytest.param(edited("story.html", COPY, '<img src="//spy.example/p.gif" alt="">' + COPY), id="from elsewhere, without scheme"),
        pytest.param(edited("story.html", COPY, '<div onclick="x()" class="copy">'), id="a handler"),
        pytest.param(edited("story.html", COPY, '<div class="copy" hidden>'), id="the copy hidden"),
        pytest.param(edited("story.html", TOP, TOP + ' style="display:none"'), id="the statement hidden"),
        pytest.param(edited("story.html", TOP, TOP.replace("top", "side")), id="no statement at the top"),
        pytest.param(edited("story.html", '<ul class="proofs" data-statement="end">', "<ul>"), id="no statement at the end"),
        pytest.param(edited("story.html", "for clause in top if clause.id != \"S4\"", "for clause in top[1:]"), id="the statement cut"),
        pytest.param(edited("parts.html", "{{ clause.before }}{% endif %}</span>", "{{ clause.before|upper }}{% endif %}</span>"), id="the statement shouted"),
        pytest.param(edited("story.html", "for paragraph in paragraphs", "for paragraph in paragraphs[1:]"), id="a paragraph left out"),
        pytest.param(edited("story.html", "for paragraph in paragraphs", "for paragraph in paragraphs|reverse"), id="paragraphs turned round"),
        pytest.param(edited("story.html", "for s in paragraph.sentences", "for s in paragraph.sentences + paragraph.sentences"), id="sentences twice"),
        pytest.param(edited("parts.html", "{{ s.text }}{% if mark %}", "{{ s.text|replace('not', '') }}x{% if mark %}"), id="a sentence changed"),
        pytest.param(edited("story.html", 'href="receipt/">{{ t("see_record") }}', 'href="javascript:x()">{{ t("see_record") }}') , id="a link that runs"),
        pytest.param(edited("base.html", "<meta charset", '<meta http-equiv="refresh" content="0"><meta charset'), id="a page that leaves"),
        pytest.param(edited("story.html", '{{ t("sources") }}', '{{ t("no such string") }}'), id="a string that is not listed"),
        pytest.param(edited("story.html", '{{ t("sources") }}', '{{ t("own_notes", name="Certified") }}'), id="a string filled with anything"),
        pytest.param(edited("story.html", "{{ byline }}", "{{ no_such_thing }}"), id="a thing that is not there"),
    ],
)  # fmt: skip
def test_a_theme_that_says_more_or_less_is_refused(
    ours: Desk, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    change(theme)
    told = ours.publish(name=f"t{len(ours.entries)}", number=2, correction="It is 148, not 184.")
    try:
        built = build(
            [told], tmp_path / "site", trust=ours.trust, voice=VOICE, now=NOW + timedelta(1), theme=theme
        )
    except PublishError:
        built = None
    assert built is None or len(built.refused) == 1
    assert not list((tmp_path / "site").rglob("*-line/index.html"))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(edited("strings.toml", 'sources = "Sources"', 'sources = "Fact-checked sources"'), id="a listed boast"),
        pytest.param(edited("site.css", ".copy {", '.copy::before { content: "fact-checked"; }\n.copy {'), id="a boast by stylesheet"),
        pytest.param(edited("site.css", ".copy {", ".copy::before { content: attr(class); }\n.copy {"), id="a hidden attribute shown"),
        pytest.param(edited("site.css", ".copy {", ".copy::before { content: '\\46 act'; }\n.copy {"), id="an escaped boast"),
        pytest.param(edited("site.css", ".copy {", ".copy { background: url(https://spy.example/p.gif); }\n.copy {"), id="loads a picture"),
        pytest.param(edited("site.css", ".copy {", '@import "https://spy.example/a.css";\n.copy {'), id="loads a stylesheet"),
        pytest.param(lambda theme: (theme / "site.css").unlink(), id="no stylesheet"),
        pytest.param(lambda theme: (theme / "icon.svg").unlink(), id="no icon"),
        pytest.param(edited("icon.svg", "</svg>", "<text>fact-checked</text></svg>"), id="a boast in the icon"),
        pytest.param(edited("icon.svg", "</svg>", "fact-checked</svg>"), id="words in the icon"),
        pytest.param(edited("icon.svg", "</svg>", "<script>1</script></svg>"), id="a script in the icon"),
        pytest.param(edited("icon.svg", "<rect", '<rect onclick="1"'), id="an act in the icon"),
        pytest.param(edited("icon.svg", "<rect", '<image href="https://spy.example/p.gif"/><rect'), id="the icon loads a picture"),
        pytest.param(edited("icon.svg", 'fill="#1d1d1b"', 'fill="url(https://spy.example/p.svg)"'), id="the icon loads a colour"),
        pytest.param(edited("icon.svg", "<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg'), id="an entity in the icon"),
        pytest.param(edited("icon.svg", "</svg>", ""), id="an icon cut short"),
    ],
)  # fmt: skip
def test_a_theme_that_is_refused_as_a_whole(
    ours: Desk, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    change(theme)
    with pytest.raises(PublishError):
        build([], tmp_path / "site", trust=ours.trust, voice=VOICE, now=NOW, theme=theme)
    assert not (tmp_path / "site").exists()


def test_a_theme_that_only_arranges_is_fine(ours: Desk, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    edited("story.html", COPY, '<div class="copy wide">')(theme)
    edited("strings.toml", 'sources = "Sources"', 'sources = "Where it comes from"')(theme)
    built = build(
        [ours.publish(name="fine")], tmp_path / "site", trust=ours.trust, voice=VOICE, now=NOW, theme=theme
    )
    assert built.refused == ()
    assert "Where it comes from" in next((tmp_path / "site").rglob("*fine-line/index.html")).read_text(
        "utf-8"
    )


def test_own_stylesheet_passes() -> None:
    readback.stylesheet((THEME / "site.css").read_text("utf-8"))


def test_speech_says_only_what_is_listed(ours: Desk) -> None:
    speech = Speech(listed={"n": "Source {number}", "who": "By {name}"}, zone=ours.trust.outlet.zone)
    assert speech.t("n", number=3) == "Source 3"
    speech.say("Ada")
    assert speech.t("who", name="Ada") == "By Ada"
    for name, fills in (("gone", {}), ("n", {}), ("who", {"name": "Eve"})):
        with pytest.raises(PublishError):
            speech.t(name, **fills)
    assert plain(" a\u00a0 b\n") == "a b"
