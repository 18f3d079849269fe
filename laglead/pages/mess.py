"""The mess catalogue: every kind of mess, from the modules of `generator/mess/`."""

from __future__ import annotations

from generator.mess import Kind, Stage, kinds

INTRODUCTION = """# The mess

What is wrong with the practice log, on purpose: each kind was seen in real logs, and each punishes a habit.
`laglead generate --mess late_arrival=0.1 --mess redelivery=0` sets single rates; `--profile clean` is a log
without any of it, `hostile` has three times the usual. What was touched stands in `_truth/` beside the data,
never in the database that you query.
"""
STAGES = {
    Stage.LASTING: "Lasting: in every layer, from landing to turns",
    Stage.SIDE: "Side tables: beside the messages",
    Stage.DELIVERY: "Deliveries: in landing and message_events, undone in turns",
}
HEAD = "\n| kind | rate | what | where seen | what it punishes | what undoes it |\n|---|---|---|---|---|---|\n"


def page() -> str:
    """The page as markdown: a table of kinds for each stage."""
    parts = [INTRODUCTION]
    for stage, title in STAGES.items():
        found = sorted((kind for kind in kinds().values() if kind.stage is stage), key=lambda kind: kind.name)
        parts.append(f"\n## {title}\n{HEAD}" + "".join(map(_row, found)))
    return "".join(parts)


def _row(kind: Kind) -> str:
    rate = f"{kind.rate * 100:.4g} % of {kind.of}"
    cells = (f"`{kind.name}`", rate, kind.what, kind.seen, kind.punishes, kind.undone_by)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
