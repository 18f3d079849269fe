"""What may stand where an answer should: everything but a small regular file of text is refused, at once."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import answer
from checker.verdict import Refused
from laglead.__main__ import run

QUERY = b"SELECT 1 AS one"


def _link(path: Path) -> None:
    secret = path.with_name("secret.txt")
    secret.write_text("sesame-open")
    path.symlink_to(secret)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.sql"))


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20 << 30)  # twenty gigabytes that take no disk


def _written(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_link, "is a link"),
        (_dangling, "is a link"),
        (_loop, "is a link"),
        (_link_to_device, "is a link"),
        (os.mkfifo, "not a regular file"),
        (Path.mkdir, "not a regular file"),
        (_socket, "cannot be read"),
        (_sparse, "larger than 64 KiB"),
        (_written(b""), "empty"),
        (_written(b"\xef\xbb\xbf \r\n"), "empty"),
        (_written(b"SELECT '\xc0\xae'"), "not UTF-8 (byte 9)"),
        (_written(b"SELECT '\xed\xa0\x80'"), "not UTF-8 (byte 9)"),
        (_written(QUERY.decode().encode("utf-16")), "not UTF-8 (byte 1)"),
        (_written(b"SELECT '\0'"), "NUL character (character 9)"),
        (_written(b"SELECT " + b"(" * 201), "brackets are open"),
        (_written(QUERY + b" " * (64 << 10)), "larger than 64 KiB"),
    ],
)
def test_what_is_no_answer_is_refused(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    path = tmp_path / "answer.sql"
    make(path)
    found = answer.read(path)
    assert isinstance(found, Refused)
    assert words in found.message


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/stdin"])
def test_a_device_is_refused(device: str) -> None:
    assert isinstance(answer.read(Path(device)), Refused)


def test_a_byte_order_mark_and_every_line_end_are_text() -> None:
    assert answer.from_bytes(b"\xef\xbb\xbfSELECT 1\r\nAS one\r") == "SELECT 1\r\nAS one\r"


def test_a_file_that_cannot_be_an_answer_costs_the_command_line_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for make, name in ((_link, "link.sql"), (_sparse, "sparse.sql"), (os.mkfifo, "pipe.sql")):
        make(tmp_path / name)
        assert run(["run", name]) == 2
        written = capsys.readouterr()
        assert "sesame" not in written.out + written.err
