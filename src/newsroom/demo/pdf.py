"""Plain text to PDF, for the demo's two documents that an agency would publish as PDF.

The source has a head of `key: value` lines (title, author, created, footer), a line `---`, then the page:
`# ` and `## ` start headings, `| ` starts a table row with cells between bars, an indented line keeps its
indent, a blank line ends a paragraph. A paragraph is never split between pages.

The writer knows Helvetica, the WinAnsi character set and letter paper; that is all it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_WIDTH, _HEIGHT, _MARGIN, _BOTTOM = 612, 792, 72, 76
_LEADING = 1.32
_TABLE_COLUMNS = (0, 190, 290, 390)
# Widths of Helvetica's characters 32 to 126 in thousandths of the size, as every PDF reader knows them.
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """Words at a place: `x` points from the margin, `font` F1 or F2, `size` in points."""

    words: str
    x: float = 0
    font: str = "F1"
    size: float = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Rows that stay together on a page, and the gap before them in points."""

    rows: tuple[tuple[_Line, ...], ...]
    gap: float

    @property
    def height(self) -> float:
        return self.gap + sum(row[0].size * _LEADING for row in self.rows)


def write_pdf(source: str) -> bytes:
    """The PDF of `source`; the same source gives the same bytes. Raises ValueError without a head."""
    head, rule, body = source.replace("\r\n", "\n").partition("\n---\n")
    if not rule:
        raise ValueError("a PDF source begins with `key: value` lines and a line `---`")
    fields = dict(_field(line) for line in head.splitlines() if line.strip())
    pages = _pages(list(_blocks(body)))
    streams = [_stream(page, fields.get("footer", ""), n, len(pages)) for n, page in enumerate(pages, 1)]
    return _file(streams, fields)


def width(words: str, size: float) -> float:
    """How wide `words` stand in Helvetica, in points."""
    return sum(_WIDTHS[ord(c) - 32] if 32 <= ord(c) <= 126 else 556 for c in words) * size / 1000


def _field(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


def _blocks(body: str) -> Iterator[_Block]:
    for paragraph in body.strip("\n").split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        if not lines:
            continue
        if lines[0].startswith("#"):
            yield _heading(lines)
        elif lines[0].startswith("|"):
            yield _Block(rows=tuple(_row(line) for line in lines), gap=8)
        else:
            yield _Block(rows=tuple(_wrapped(lines)), gap=8)


def _heading(lines: list[str]) -> _Block:
    marks, _, _ = lines[0].partition(" ")
    size = 17.0 if len(marks) == 1 else 12.5
    words = [line.lstrip("# ") for line in lines]
    return _Block(rows=tuple((_Line(words=w, font="F2", size=size),) for w in words), gap=16)


def _row(line: str) -> tuple[_Line, ...]:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return tuple(
        _Line(words=cell, x=x, size=10) for cell, x in zip(cells, _TABLE_COLUMNS, strict=False) if cell
    )


def _wrapped(lines: list[str]) -> Iterator[tuple[_Line, ...]]:
    """Each source line that ends a thought stays a line: agendas are lists. Prose is written as one long line."""
    for line in lines:
        indent = (len(line) - len(line.lstrip())) * 6.0
        kept = ""
        for word in line.split():
            if kept and width(f"{kept} {word}", 11) > _WIDTH - 2 * _MARGIN - indent:
                yield (_Line(words=kept, x=indent),)
                kept = word
            else:
                kept = f"{kept} {word}".strip()
        yield (_Line(words=kept, x=indent),)


def _pages(blocks: list[_Block]) -> list[list[_Block]]:
    pages: list[list[_Block]] = [[]]
    left = float(_HEIGHT - _MARGIN - _BOTTOM)
    for index, block in enumerate(blocks):
        # A heading goes with what it heads, or it would stand alone at the foot of a page.
        follower = blocks[index + 1].height if block.gap > 8 and index + 1 < len(blocks) else 0
        if pages[-1] and block.height + follower > left:
            pages.append([])
            left = float(_HEIGHT - _MARGIN - _BOTTOM)
        pages[-1].append(block)
        left -= block.height
    return pages


def _stream(blocks: list[_Block], footer: str, number: int, count: int) -> bytes:
    y = float(_HEIGHT - _MARGIN)
    parts: list[bytes] = []
    for block in blocks:
        y -= block.gap
        for row in block.rows:
            y -= row[0].size * _LEADING
            parts += [_shown(line, y) for line in row]
    parts.append(_shown(_Line(words=f"{footer} - Page {number} of {count}", size=8), 44))
    return b"\n".join(parts)


def _shown(line: _Line, y: float) -> bytes:
    place = f"BT /{line.font} {line.size:g} Tf {_MARGIN + line.x:g} {y:.2f} Td ".encode("ascii")
    return place + _string(line.words) + b" Tj ET"


def _string(words: str) -> bytes:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def _file(streams: list[bytes], fields: dict[str, str]) -> bytes:
    bodies = _objects(streams, fields)
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\n" % (len(bodies) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _objects(streams: list[bytes], fields: dict[str, str]) -> list[bytes]:
    """Catalogue, page tree, information, two fonts, then a page and its content for each stream."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(streams)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-US) >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(streams)),
        _information(fields),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    for n, stream in enumerate(streams):
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            % (_WIDTH, _HEIGHT, 7 + 2 * n)
            + b" /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>"
        )
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return bodies


def _information(fields: dict[str, str]) -> bytes:
    named = (("Title", "title"), ("Author", "author"), ("CreationDate", "created"))
    entries = b" ".join(b"/%b %b" % (k.encode("ascii"), _string(fields[f])) for k, f in named if f in fields)
    return b"<< %b >>" % entries
