"""The checker's own SQL: statements from `statements/*.sql` with their places filled."""

from __future__ import annotations

import os
from string import Template

# pathlib and importlib.resources would add to the start of every child.
_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statements")  # noqa: PTH100, PTH118, PTH120


def _template(name: str) -> Template:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:  # noqa: PTH118, PTH123
        return Template(file.read())


# Read at import: once it is locked up, the child can open no file of ours.
_NAMES = sorted(os.listdir(_FOLDER))  # noqa: PTH208
_TEMPLATES = {name.removesuffix(".sql"): _template(name) for name in _NAMES if name.endswith(".sql")}


def statement(name: str, **places: str) -> str:
    """The statement `name` with every `$place` replaced in one pass, so that a query may hold `$` itself."""
    return _TEMPLATES[name].substitute(places)
