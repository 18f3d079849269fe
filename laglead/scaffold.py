"""Makes the folder of a new exercise: a small one that verifies, to be turned into another step by step."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from laglead.errors import Mistake

TEMPLATE = Path(__file__).resolve().parent / "template"
STEP = 10
TOPIC = "# $title\n\nWhat the exercises of this track have in common, with one example that runs.\n"
_WORDS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NUMBERED = re.compile(r"(\d+)_(.+)")


def scaffold(root: Path, track: str, slug: str) -> Path:
    """The new folder `root/NN_track/NN_slug`, whole; Mistake when the names are wrong or taken."""
    for name in (track, slug):
        if not _WORDS.fullmatch(name):
            raise Mistake(
                f"'{name}' is no name: use lower-case words joined by '_', such as sessionization/long_breaks"
            )
    taken = [path.parent for path in root.glob("*/*/exercise.md") if _slug(path.parent) == slug]
    if taken:
        raise Mistake(f"{slug} is taken by {taken[0]}; choose another name")
    home = _track(root, track)
    folder = home / f"{_next(home):02}_{slug}"
    values = {"id": slug, "number": _number(root), "title": slug.replace("_", " ").capitalize(), "track": track}
    for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        target = folder / source.relative_to(TEMPLATE)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        target.write_text(Template(text).substitute(values) if source.suffix == ".md" else text, encoding="utf-8")
    return folder


def _track(root: Path, track: str) -> Path:
    """The track's folder, made with its page when it is new."""
    for path in root.iterdir() if root.is_dir() else ():
        if path.is_dir() and _slug(path) == track:
            return path
    home = root / f"{_next(root):02}_{track}"
    home.mkdir(parents=True)
    title = track.replace("_", " ").capitalize()
    (home / "topic.md").write_text(Template(TOPIC).substitute(title=title), encoding="utf-8")
    return home


def _slug(folder: Path) -> str:
    found = _NUMBERED.fullmatch(folder.name)
    return found[2] if found else folder.name


def _next(folder: Path) -> int:
    """The next free gapped number: after the last, rounded to a ten."""
    names = [_NUMBERED.fullmatch(path.name) for path in folder.iterdir()] if folder.is_dir() else []
    last = max((int(name[1]) for name in names if name), default=0)
    return (last // STEP + 1) * STEP


def _number(root: Path) -> str:
    """The smallest whole number above all that are used."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in root.glob("*/*/exercise.md")]
    used = [int(found[1]) for text in texts if (found := re.search(r'^number = "(\d+)"', text, re.MULTILINE))]
    return str(max(used, default=0) + 1)
