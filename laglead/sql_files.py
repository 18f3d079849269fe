"""SQL files as people have them: folders searched, text read and written back with its line ends and mark."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from laglead.errors import Fault, Mistake

MOST_BYTES = 4 << 20
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One file; `text` is without the byte order mark, `mark` is that mark or nothing."""

    path: Path
    text: str
    mark: bytes = b""

    def write(self, text: str) -> None:
        """Put another text in its place, whole or not at all."""
        unfinished = self.path.with_name(f".{self.path.name}.{os.getpid()}.incoming")
        try:
            unfinished.write_bytes(self.mark + text.encode())
            unfinished.chmod(self.path.stat().st_mode & 0o7777)
            unfinished.replace(self.path.resolve())
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise Fault(f"{self.path}: cannot be written ({error.strerror}). Check its permissions.") from error


def found(paths: Sequence[Path]) -> Iterator[SqlFile]:
    """The files, and the .sql files of the folders, each once and in order; Mistake when one cannot be read."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise Mistake(f"{path}: there is no such file or folder. Name SQL files, such as answers/")
        for file in sorted(path.rglob("*.sql")) if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield read(file)


def read(path: Path) -> SqlFile:
    """The file at `path`; Mistake when it is no text."""
    if not path.is_file():
        raise Mistake(f"{path}: not a regular file. Name SQL files, such as answers/")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Mistake(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
    if len(data) > MOST_BYTES:
        raise Mistake(f"{path}: larger than {MOST_BYTES >> 20} MiB. Lint queries, not dumps of data.")
    mark = _MARK if data.startswith(_MARK) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise Mistake(f"{path}: not UTF-8 (byte {error.start + 1}). Save the file as UTF-8.") from error
    if "\0" in text:
        raise Mistake(f"{path}: holds a NUL character (character {text.index(chr(0)) + 1}). Remove it.")
    return SqlFile(path, text, mark)
