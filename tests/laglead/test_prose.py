"""Markdown in a terminal: paragraphs are wrapped, code is left as it was written."""

from __future__ import annotations

from laglead.prose import plain

PAGE = """\
A *running* aggregate whose `ORDER BY` key repeats.

Fires:

    SELECT sum(n) OVER (ORDER BY at)
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^

```sql
SELECT 1
    , 2
```
"""


def test_code_keeps_its_lines_and_its_columns() -> None:
    assert plain(PAGE).splitlines() == [
        "A running aggregate whose ORDER BY key repeats.",
        "",
        "Fires:",
        "",
        "    SELECT sum(n) OVER (ORDER BY at)",
        "    --     ^^^^^^^^^^^^^^^^^^^^^^^^^",
        "",
        "    SELECT 1",
        "        , 2",
    ]


def test_a_paragraph_is_wrapped_at_eighty_columns() -> None:
    lines = plain("word " * 40).splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) <= 80
