"""The small PDF writer: real PDF bytes that a real reader reads."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from newsroom.demo.pdf import width, write_pdf

HEAD = "title: A (small) memo\nauthor: Nobody\ncreated: D:20261015100000\nfooter: Memo\n---\n"


def _text(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("Plain words.", "Plain words.", id="plain"),
        pytest.param("“Quoted” — the county’s", "“Quoted” — the county’s", id="typographic marks"),
        pytest.param(r"A (bracket) and a \ stroke", r"A (bracket) and a \ stroke", id="marks of PDF itself"),
        pytest.param("# Head\n\nText", "Head\nText", id="heading"),
        pytest.param("| Town | Parcels\n| Tarrow | 0", "Town Parcels\nTarrow 0", id="table"),
        pytest.param("1. One\n2. Two", "1. One\n2. Two", id="a list keeps its lines"),
    ],
)
def test_words_can_be_read_back(body: str, found: str) -> None:
    assert found in _text(write_pdf(HEAD + body))[0]


def test_long_prose_is_wrapped_inside_the_margins() -> None:
    lines = _text(write_pdf(HEAD + "shoreline setback " * 60))[0].split("\n")
    assert len(lines) > 5
    assert all(width(line, 11) <= 468 for line in lines)


def test_many_paragraphs_fill_pages_and_none_is_split() -> None:
    paragraphs = [
        f"Paragraph {n} begins here. {'More words follow. ' * 20}Paragraph {n} ends." for n in range(30)
    ]
    pages = _text(write_pdf(HEAD + "\n\n".join(paragraphs)))
    assert len(pages) > 2
    assert f"Page 2 of {len(pages)}" in pages[1]
    for n in range(30):
        assert [f"Paragraph {n} begins" in page for page in pages] == [
            f"Paragraph {n} ends." in page for page in pages
        ]


def test_the_cross_reference_table_points_at_each_object() -> None:
    content = write_pdf(HEAD + "Words.\n\n# More\n\nWords.")
    start = int(re.search(rb"startxref\n(\d+)", content)[1])
    assert content[start : start + 4] == b"xref"
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n ", content[start:])]
    assert offsets
    for number, offset in enumerate(offsets, 1):
        assert content[offset:].startswith(b"%d 0 obj" % number)


def test_the_same_source_gives_the_same_bytes_and_its_title() -> None:
    content = write_pdf(HEAD + "Words.")
    assert content == write_pdf(HEAD + "Words.")
    with pypdfium2.PdfDocument(content) as pdf:
        assert pdf.get_metadata_dict()["Title"] == "A (small) memo"


def test_a_source_without_a_head_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with"):
        write_pdf("Just words.")
