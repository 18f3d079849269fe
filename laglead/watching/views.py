"""What a watch shows besides verdicts, and the keys that lead there."""

from __future__ import annotations

from checker.exercise import Exercise
from laglead import curriculum, workspace
from laglead.hinting import as_text, open_next
from laglead.progress import standing, standings
from laglead.progress_map import progress_map
from laglead.prose import plain
from laglead.question import question
from laglead.terminal import cells, clean, paint, width, wrapped
from laglead.workspace import Workspace

KEYS = {
    "h": "hint",
    "s": "question",
    "l": "list",
    "r": "check again",
    "n": "next",
    "q": "quit",
}
KEYS_WHEN_SOLVED = {"e": "why, other ways", **{key: words for key, words in KEYS.items() if key != "h"}}


def prompt(here: Workspace, exercise: Exercise) -> str:
    """The line that says what each key does."""
    keys = KEYS_WHEN_SOLVED if standing(here.progress, exercise).is_solved else KEYS
    lines = [""]
    for key, words in keys.items():
        entry = f"{key}: {words}"
        fits = cells(f"{lines[-1]}  {entry}") < width()
        lines[-1:] = [f"{lines[-1]}  {entry}".strip()] if fits else [lines[-1], entry]
    return paint("\n".join(lines), "bold")


def first(here: Workspace, exercise: Exercise) -> str:
    """The question, and where to write."""
    where = clean(workspace.shown(here.answer(exercise)))
    invitation = f"Write your query into {where} and save it: the verdict appears here."
    return "\n".join([question(exercise), "", *wrapped(invitation, width() - 1)])


def hints(here: Workspace, exercise: Exercise) -> str:
    """The hints that are open, one more than before if an attempt has earned it."""
    opened = open_next(here, exercise)
    if opened.is_last:
        step = "That was the last hint. The expected answer: laglead reveal " + exercise.id
    elif opened.more:
        step = "One more is open: press h again."
    else:
        step = "The next hint opens with your next attempt: change your answer and save it."
    return f"{as_text(opened)}\n{step}"


def progress(here: Workspace, exercise: Exercise) -> str:
    """The map of tracks."""
    every = curriculum.exercises()
    lines = progress_map(every, standings(here.progress, every), exercise)
    return "\n".join([paint("Where you are", "bold"), "", *lines, "", "One track in full: laglead list --track TRACK"])


def explanation(exercise: Exercise) -> str:
    """Why the expected answer is right, and other ways."""
    return f"{paint(exercise.title, 'bold')}\n\n{plain(exercise.explanation.read_text(encoding='utf-8'))}"
