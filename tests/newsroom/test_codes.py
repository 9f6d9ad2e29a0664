"""One-time codes: the RFC's own values, used once, refused when late, secrets in files only the owner reads."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from backread.errors import ConfigError
from newsroom.accounts import codes
from newsroom.accounts.models import Person
from newsroom_gate import NOW

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037")],
)
def test_the_values_of_rfc_6238(seconds: int, wanted: str) -> None:
    assert codes.code(RFC_SECRET, seconds // 30) == wanted


@pytest.mark.django_db
def test_a_code_is_used_once_and_not_late(tmp_path: Path) -> None:
    person = Person.objects.create_person(username="ann", name="Ann Orde", password="x")
    codes.make_secret(tmp_path, "ann")
    told = codes.current(tmp_path, "ann", NOW)
    assert not codes.accept(person, "000000" if told != "000000" else "111111", home=tmp_path, now=NOW)
    assert not codes.accept(person, told, home=tmp_path, now=NOW + timedelta(minutes=5))
    assert not codes.accept(person, "١٢٣٤٥٦", home=tmp_path, now=NOW)
    assert codes.accept(person, f" {told[:3]} {told[3:]} ", home=tmp_path, now=NOW)
    person.refresh_from_db()
    assert not codes.accept(person, told, home=tmp_path, now=NOW)


def test_secrets_are_private_and_never_overwritten(tmp_path: Path) -> None:
    codes.make_secret(tmp_path, "ann")
    assert codes.secret_file(tmp_path, "ann").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="There is one"):
        codes.make_secret(tmp_path, "ann")
    with pytest.raises(ConfigError, match="newsroom init"):
        codes.current(tmp_path, "bo", NOW)
