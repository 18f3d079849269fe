"""What an exercise's folder must hold and say before its answers are even run."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from sqlglot import exp

from checker import distilled, interview_sheet, waiver
from checker.errors import ExerciseError
from checker.exercise import Exercise, load
from checker.mutant import NotOneStatement, parse

FEWEST_RIGHT = 2
FEWEST_WRONG = 4
LEAKED_TOKENS = 14
MISTAKE = "-- mistake: "
FEWEST_WORDS = 4
PARTS = {"why": r"why", "traps": r"trap", "other ways": r"other way|alternative|approach", "portable form": r"portable"}
_ANSWER = re.compile(r"(right|wrong)/[a-z0-9_]+\.sql")
_CONTRACT = re.compile(r"^\| *column *\|.*\n(?:\|.*\n)+", re.MULTILINE)


def problems(exercise: Exercise, tables: frozenset[str]) -> Iterator[ExerciseError]:
    """Everything that is wrong with the folder itself; `tables` are those of the log."""
    yield from _tables(exercise, tables)
    yield from _files(exercise)
    yield from _mistakes(exercise)
    yield from _contract(exercise)
    yield from _explanation(exercise)
    yield from _reference(exercise)
    yield from _hints(exercise)
    yield from _sheet(exercise)


def _tables(exercise: Exercise, tables: frozenset[str]) -> Iterator[ExerciseError]:
    for name in exercise.tables:
        if name not in tables:
            yield _at(exercise, "tables", f"there is no table {name!r}; the tables are {', '.join(sorted(tables))}")


def _files(exercise: Exercise) -> Iterator[ExerciseError]:
    known = {
        "exercise.md",
        "reference.sql",
        "starter.sql",
        "explain.md",
        waiver.FILE,
        distilled.FILE,
        *exercise.accepts,
        *_of_interview(),
    }
    for path in sorted(path for path in exercise.folder.rglob("*") if path.is_file()):
        name = path.relative_to(exercise.folder).as_posix()
        if name not in known and not _ANSWER.fullmatch(name):
            yield ExerciseError(path, 1, "this file has no place in an exercise; move it to right/ or wrong/, or away")
    for kind, found, fewest in (("right", exercise.right, FEWEST_RIGHT), ("wrong", exercise.wrong, FEWEST_WRONG)):
        if len(found) < fewest:
            more = f"there are {len(found)} {kind} answers; write at least {fewest}"
            yield ExerciseError(exercise.folder / kind, 1, more)


def _of_interview() -> tuple[str, ...]:
    twist = interview_sheet.TWIST
    return (interview_sheet.FILE, f"{twist}/reference.sql", f"{twist}/{waiver.FILE}")


def _mistakes(exercise: Exercise) -> Iterator[ExerciseError]:
    seen: dict[str, Path] = {}
    for path in exercise.wrong:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0].strip()
        said = first.removeprefix(MISTAKE)
        if not first.startswith(MISTAKE) or len(said.split()) < FEWEST_WORDS:
            yield ExerciseError(path, 1, f"the first line must say the mistake: {MISTAKE}counts assistant turns too")
        elif said in seen:
            yield ExerciseError(path, 1, f"it names the same mistake as {seen[said].name}; say what is different")
        seen.setdefault(said, path)


def _contract(exercise: Exercise) -> Iterator[ExerciseError]:
    printed = _CONTRACT.search(exercise.prompt + "\n")
    declared = [(column.name, column.type) for column in exercise.output]
    if printed is None:
        yield _at(exercise, "columns", "the prompt has no table that begins with | column | type |; print the contract")
        return
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in printed[0].splitlines()]
    shown = [(row[0], row[1]) for row in rows[1:] if not set("".join(row)) <= set(":- ")]
    if shown != declared:
        wrong = next((a for a, b in zip(shown, declared, strict=False) if a != b), None)
        what = f"says {' '.join(wrong)}" if wrong else f"has {len(shown)} columns"
        message = f"the prompt's table {what}, the front matter {declared[0] if not shown else _other(shown, declared)}"
        yield ExerciseError(exercise.folder / "exercise.md", _line(exercise, printed[0].split("\n")[0]), message)


def _other(shown: list[tuple[str, str]], declared: list[tuple[str, str]]) -> str:
    wrong = next((b for a, b in zip(shown, declared, strict=False) if a != b), None)
    return " ".join(wrong) if wrong else f"{len(declared)}; make them agree"


def _explanation(exercise: Exercise) -> Iterator[ExerciseError]:
    headings = re.findall(r"^#+ (.*)$", exercise.explanation.read_text(encoding="utf-8"), re.MULTILINE)
    for part, shape in PARTS.items():
        if not any(re.search(shape, heading, re.IGNORECASE) for heading in headings):
            yield ExerciseError(exercise.explanation, 1, f"there is no heading about the {part}; write that part")


def _reference(exercise: Exercise) -> Iterator[ExerciseError]:
    sql = exercise.reference.read_text(encoding="utf-8-sig")
    try:
        tree = parse(sql)
    except NotOneStatement as problem:
        yield ExerciseError(exercise.reference, 1, str(problem))
        return
    lines = sql.splitlines()
    for step in tree.root.find_all(exp.CTE):
        line = tree.source.position(tree.span(step.args["alias"]).start)[0]
        if not any("--" in text for text in lines[max(0, line - 2) : line + 1]):
            yield ExerciseError(
                exercise.reference, line, f"the step {step.alias} does not say what it is for; add a comment above it"
            )


def _hints(exercise: Exercise) -> Iterator[ExerciseError]:
    reference = _words(re.sub(r"--.*", "", exercise.reference.read_text(encoding="utf-8-sig")))
    runs = {tuple(reference[n : n + LEAKED_TOKENS]) for n in range(len(reference) - LEAKED_TOKENS + 1)}
    for number, hint in enumerate(exercise.hints, 1):
        words = _words(hint)
        leaks = (words[n : n + LEAKED_TOKENS] for n in range(len(words)))
        leaked = next((part for part in leaks if tuple(part) in runs), None)
        if leaked is not None:
            line = _line(exercise, "[[hint]]", number)
            message = f"hint {number} repeats the reference: {' '.join(leaked)}; put ... in its place"
            yield ExerciseError(exercise.folder / "exercise.md", line, message)


def _sheet(exercise: Exercise) -> Iterator[ExerciseError]:
    """What is wrong with `interview.md`, where there is one."""
    try:
        if (exercise.folder / interview_sheet.FILE).is_file():
            interview_sheet.load(exercise, tuple(_others(exercise.folder.parent.parent)))
    except ExerciseError as problem:
        yield problem


def _others(root: Path) -> Iterator[Exercise]:
    """The exercises that a follow-up may be judged as; a broken one says so itself."""
    for file in sorted(root.glob("*/*/exercise.md")):
        with contextlib.suppress(ExerciseError):
            yield load(file.parent)


def _words(sql: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", sql.lower())


def _at(exercise: Exercise, key: str, problem: str) -> ExerciseError:
    return ExerciseError(exercise.folder / "exercise.md", _line(exercise, key), problem)


def _line(exercise: Exercise, begins: str, occurrence: int = 1) -> int:
    """The 1-based line of exercise.md that begins so for the nth time; 1 if none does."""
    lines = (exercise.folder / "exercise.md").read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, 1) if line.strip().startswith(begins.strip())]
    return found[min(occurrence, len(found)) - 1] if found else 1
