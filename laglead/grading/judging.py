"""Judges every answer of a roster, identical ones once, several at a time, from where an earlier run was stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from checker import answer
from checker.classroom import Marked, Paper, check_all
from checker.dataset import Dataset
from checker.errors import AnswerMissing
from checker.preparation import prepare
from checker.verdict import Refused, Report
from laglead.grading.kept import Kept
from laglead.grading.outcome import UNJUDGED, Outcome, of_report
from laglead.grading.roster import Submission

# What is done, how much of it, of how much in all.
Progress = Callable[[str, int, int], None]
GONE = "The file was gone when its turn came. Run the same command again."
CHANGED = "The file changed while it was judged. Run the same command again."
ATTEMPTS = 2


class Judging:
    """One run over a roster: `texts` are the answers that could be read, `outcomes` what came of all of them."""

    def __init__(self, submissions: Sequence[Submission], kept: Kept) -> None:
        self._kept = kept
        self.texts: dict[Submission, str] = {}
        self.outcomes: dict[Submission, Outcome] = {}
        self._same: dict[str, list[Submission]] = {}
        for submission in submissions:
            self._read(submission)

    def _read(self, submission: Submission) -> None:
        try:
            text = answer.read(submission.path)
        except AnswerMissing:
            self.outcomes[submission] = Outcome(UNJUDGED, GONE)
            return
        if isinstance(text, Refused):
            self.outcomes[submission] = _unread(text, submission)
            return
        self.texts[submission] = text
        self._same.setdefault(self._kept.key(submission.exercise, text), []).append(submission)

    @property
    def waiting(self) -> list[Submission]:
        """One submission for each different answer that has no outcome yet, exercise by exercise."""
        return [same[0] for key, same in self._same.items() if self._kept.get(key) is None]

    @property
    def different(self) -> int:
        """How many different answers there are."""
        return len(self._same)

    def run(self, dataset: Dataset, *, cache: Path, workers: int, progress: Progress) -> None:
        """Judge what waits. What our tools fail on is tried twice and has no verdict then."""
        self._prepare(dataset, cache, workers, progress)
        for _ in range(ATTEMPTS):
            papers = {Paper(one.exercise, one.path): one for one in self.waiting}
            done = self.different - len(papers)
            for number, marked in enumerate(check_all(papers, dataset, cache=cache, workers=workers), start=1):
                self._keep(papers[marked.paper], marked)
                progress("judging answers", done + number, self.different)
        for key, same in self._same.items():
            found = self._kept.get(key)
            if found is not None:
                self.outcomes.update(dict.fromkeys(same, found))

    def _prepare(self, dataset: Dataset, cache: Path, workers: int, progress: Progress) -> None:
        exercises = {one.exercise.id: one.exercise for one in self.waiting}
        progress("preparing exercises", 0, len(exercises))
        for number, _ in enumerate(prepare(exercises.values(), dataset, cache=cache, workers=workers), start=1):
            progress("preparing exercises", number, len(exercises))

    def _keep(self, submission: Submission, marked: Marked) -> None:
        key = self._kept.key(submission.exercise, self.texts[submission])
        match marked.outcome:
            case Report() as report if report.sql == self.texts[submission]:
                self._kept.put(key, submission.exercise, of_report(report, submission.exercise))
            case Report():
                self._unjudged(key, CHANGED)
            case error:
                self._unjudged(key, str(error))

    def _unjudged(self, key: str, why: str) -> None:
        self.outcomes.update(dict.fromkeys(self._same[key], Outcome(UNJUDGED, why)))


def _unread(refused: Refused, submission: Submission) -> Outcome:
    """What is said of a file that cannot be an answer, without where the class's folder lies."""
    message, general = (refused.message.replace(str(submission.path), name) for name in (submission.shown, "the file"))
    return Outcome(refused.outcome, message, f"refused: {general}", (), refused.location)
