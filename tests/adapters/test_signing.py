"""Key files: made once, for the owner alone, and used for one thing each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from backread.adapters.signing import FileSigner, Key, KeyRole, Registry, key_file, verify
from backread.errors import ConfigError

NOW = datetime(2026, 10, 16, tzinfo=UTC)


def test_a_signature_fits_its_bytes_and_its_key_alone(tmp_path: Path) -> None:
    ours, other = FileSigner.create(tmp_path / "a.pem"), FileSigner.create(tmp_path / "b.pem")
    signature = ours(b"words")
    assert verify(ours.key, b"words", signature)
    assert not verify(ours.key, b"other words", signature)
    assert not verify(other.key, b"words", signature)


@pytest.mark.parametrize(
    ("key", "signature"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("not base64!", "AAAA", id="a key that is none"),
        pytest.param("AAAA", "AAAA", id="a key too short"),
        pytest.param("A" * 43 + "=", "%", id="a signature that is none"),
    ],
)
def test_malformed_is_a_no(key: str, signature: str) -> None:
    assert verify(key, b"words", signature) is False


def test_keys_differ_by_role_and_stay(tmp_path: Path) -> None:
    site, log = FileSigner.at(tmp_path, KeyRole.ATTESTATION), FileSigner.at(tmp_path, KeyRole.LOG)
    assert site.key != log.key
    assert FileSigner.at(tmp_path, KeyRole.LOG).key == log.key
    assert key_file(tmp_path, KeyRole.LOG).stat().st_mode & 0o777 == 0o600


def _open(path: Path) -> None:
    FileSigner.create(path)
    path.chmod(0o644)


def _curve(path: Path) -> None:
    other = generate_private_key(SECP256R1())
    path.write_bytes(
        other.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    path.chmod(0o600)


def _garbage(path: Path) -> None:
    path.write_bytes(b"\0garbage")
    path.chmod(0o600)


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        pytest.param(lambda path: None, "Make one", id="missing"),
        pytest.param(_open, "chmod 600", id="others can read it"),
        pytest.param(_curve, "Ed25519", id="another kind of key"),
        pytest.param(_garbage, "PEM", id="no key at all"),
    ],
)
def test_a_bad_key_file_is_refused(tmp_path: Path, make: Callable[[Path], None], hint: str) -> None:
    path = tmp_path / "key.pem"
    make(path)
    with pytest.raises(ConfigError, match=hint):
        FileSigner(path)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    FileSigner.create(tmp_path / "key.pem")
    with pytest.raises(ConfigError, match="never overwritten"):
        FileSigner.create(tmp_path / "key.pem")


@pytest.mark.parametrize(
    ("role", "moment", "holds"),
    [
        pytest.param(KeyRole.LOG, NOW, True, id="in use"),
        pytest.param(KeyRole.LOG, NOW + timedelta(days=1), False, id="retired"),
        pytest.param(KeyRole.LOG, NOW - timedelta(days=2), False, id="not yet"),
        pytest.param(KeyRole.ATTESTATION, NOW, False, id="another role"),
    ],
)
def test_a_registry_knows_when_a_key_was_used(role: KeyRole, moment: datetime, holds: bool) -> None:
    key = Key(
        id="A" * 43 + "=", role=KeyRole.LOG, since=NOW - timedelta(days=1), until=NOW + timedelta(days=1)
    )
    assert Registry(keys=(key,)).holds(key.id, role, moment) is holds
    assert Key.parse(key.canonical()) == key


def test_one_key_serves_one_role() -> None:
    keys = tuple(Key(id="A" * 43 + "=", role=role, since=NOW) for role in KeyRole)
    with pytest.raises(ValueError, match="two roles"):
        Registry(keys=keys)
    with pytest.raises(ValueError, match="32 public bytes"):
        Key(id="AAAA", role=KeyRole.LOG, since=NOW)


def test_a_secret_of_a_key_is_its_own_and_stays(tmp_path: Path) -> None:
    ours, other = FileSigner.create(tmp_path / "a.pem"), FileSigner.create(tmp_path / "b.pem")
    assert ours.secret("one use") == FileSigner(ours.path).secret("one use")
    assert len({ours.secret("one use"), ours.secret("another"), other.secret("one use")}) == 3
