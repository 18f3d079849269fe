"""Where a data set lies: a directory, or an address that fsspec understands; one way to write to both.

A file appears under its name when it is whole: a directory renames it, an object store puts it at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import fs

from generator.errors import OutputError

Where = str | Path
LOCAL = ("file", "local")
UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Place:
    """`name` as people write it; `folder` where it is a directory of this machine, None for any other address."""

    name: str
    files: fs.FileSystem
    folder: Path | None

    def under(self, part: str) -> Place:
        """The place `part` below this one."""
        folder = None if self.folder is None else self.folder / part
        return Place(f"{self.name.rstrip('/')}/{part}", fs.SubTreeFileSystem(part, self.files), folder)

    @contextmanager
    def create(self, path: str) -> Iterator[pa.NativeFile]:
        """A file to write; it stands under `path` when the block ends well, and nowhere when it does not."""
        unfinished = path if self.folder is None else _aside(path)
        for each in {path, unfinished}:
            self.files.create_dir(str(Path(each).parent), recursive=True)
        stream = self.files.open_output_stream(unfinished)
        try:
            yield stream
            stream.close()
        except BaseException:
            self._forget(stream, unfinished)
            raise
        if unfinished != path:
            self.files.move(unfinished, path)

    def write_text(self, path: str, text: str) -> None:
        """Write a small file."""
        with self.create(path) as stream:
            stream.write(text.encode())

    def read_text(self, path: str) -> str:
        """The text of a file; FileNotFoundError when there is none."""
        with self.files.open_input_stream(path) as stream:
            return bytes(stream.read()).decode()

    def names(self, folder: str, *, deep: bool = False) -> list[str]:
        """The files of a folder, and of those below it when `deep`; none where there is no folder."""
        chosen = fs.FileSelector(folder, recursive=deep, allow_not_found=True)
        return sorted(found.path for found in self.files.get_file_info(chosen) if found.type == fs.FileType.File)

    def remove(self, folder: str) -> None:
        """Remove a folder and what is in it."""
        if self.files.get_file_info(folder).type == fs.FileType.Directory:
            self.files.delete_dir(folder)

    def _forget(self, stream: pa.NativeFile, path: str) -> None:
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            self.files.delete_file(path)


def at(where: Where) -> Place:
    """The place of a path or an address such as `s3://bucket/log`; OutputError when it cannot be understood."""
    if isinstance(where, Path) or "://" not in where:
        return _directory(Path(where))
    try:
        import fsspec  # noqa: PLC0415 - only addresses need it
    except ImportError as error:
        raise OutputError(where, "fsspec is not installed", "pip install 'laglead[remote]'") from error
    try:
        files, root = fsspec.core.url_to_fs(where)
    except (ImportError, ValueError) as error:
        raise OutputError(where, str(error), "choose a directory or an address that fsspec knows") from error
    if where.split("://", 1)[0] in LOCAL:
        return _directory(Path(root))
    return Place(where, fs.SubTreeFileSystem(root, fs.PyFileSystem(fs.FSSpecHandler(files))), None)


def _aside(path: str) -> str:
    """Where a file stands while it is written: each writer has a name of its own."""
    return f"{UNFINISHED}/{os.getpid()}-{threading.get_ident()}-{path.replace('/', '-')}"


def _directory(folder: Path) -> Place:
    return Place(str(folder), fs.SubTreeFileSystem(str(folder.absolute()), fs.LocalFileSystem()), folder)
