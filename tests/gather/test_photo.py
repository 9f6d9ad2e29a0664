"""What a picture file says of how it was made, and which files are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backread.gather.photo import HEAD, provenance, provenances
from backread.values.picture import Picture, Provenance

URI = b"http://cv.iptc.org/newscodes/digitalsourcetype/"
JPEG = b"\xff\xd8\xff\xe1\x00\x40http://ns.adobe.com/xap/1.0/\x00"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        pytest.param(JPEG + URI + b"trainedAlgorithmicMedia\x00", Provenance.AI, id="made by AI"),
        pytest.param(JPEG + URI.upper() + b"TRAINEDALGORITHMICMEDIA", Provenance.AI, id="in capitals"),
        pytest.param(JPEG + URI + b"compositeWithTrainedAlgorithmicMedia<", Provenance.AI_PARTLY, id="partly"),
        pytest.param(JPEG + URI + b"digitalCapture\x00", Provenance.CAMERA, id="camera"),
        pytest.param(JPEG + URI + b"digitalCapture " + URI + b"algorithmicMedia ", Provenance.AI, id="the worst of two"),
        pytest.param(b"\x89PNG\r\n\x1a\ntEXtparameters\x00a pier\nSteps: 20, Sampler: Euler a", Provenance.AI, id="a generator's own note"),
        pytest.param(JPEG + URI + b"somethingNew ", Provenance.NOT_SAID, id="a type nobody knows"),
        pytest.param(JPEG + b"c2pa.hash.data", Provenance.NOT_SAID, id="a manifest that says nothing of it"),
        pytest.param(b"", Provenance.NOT_SAID, id="empty"),
    ],
)  # fmt: skip
def test_what_a_file_says(content: bytes, wanted: Provenance) -> None:
    assert provenance(content) is wanted
    assert wanted.by_ai is (wanted in (Provenance.AI, Provenance.AI_PARTLY))


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    assert provenance(content) in Provenance


def test_only_files_in_the_folder_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "pier.jpg").write_bytes(JPEG + URI + b"trainedAlgorithmicMedia\x00")
    (tmp_path / "secret.jpg").write_bytes(JPEG + URI + b"trainedAlgorithmicMedia\x00")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    names = ["pier.jpg", "absent.jpg", "../secret.jpg", "link.jpg", "", ".", "a\x00b", "x" * 5_000, str(tmp_path / "secret.jpg")]  # fmt: skip
    found = provenances([Picture(file=name) for name in names], folder)
    assert found == {"pier.jpg": Provenance.AI}


@pytest.mark.parametrize(
    ("lead", "tail"), [(HEAD - 100, 300_000), (HEAD + 300_000, 10), (HEAD + 10, 0)], ids=["head", "tail", "short tail"]
)  # fmt: skip
def test_metadata_is_found_at_both_ends_of_a_large_file(tmp_path: Path, lead: int, tail: int) -> None:
    (tmp_path / "a.png").write_bytes(b"\x00" * lead + URI + b"algorithmicMedia " + b"\x00" * tail)
    assert provenances([Picture(file="a.png")], tmp_path) == {"a.png": Provenance.AI}


def test_what_stands_in_the_middle_of_a_large_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x00" * (HEAD + 10) + URI + b"algorithmicMedia " + b"\x00" * 900_000)
    assert provenances([Picture(file="a.png")], tmp_path) == {"a.png": Provenance.NOT_SAID}
