"""Which rules run: `[lint]` of laglead.toml, `[tool.laglead.lint]` of pyproject.toml, then the command's options.

[lint]
select = ["WIN", "equals_null"]   # ids, names or groups; without it all rules that are certain
ignore = ["STY"]
preview = false                   # also the rules that are not certain
schema = "schema.sql"             # what is known of the tables, seen from this file
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from laglead.errors import Mistake

FILES = (("laglead.toml", ("lint",)), ("pyproject.toml", ("tool", "laglead", "lint")))
KEYS = ("select", "ignore", "preview", "schema")


@dataclass(frozen=True, slots=True)
class Settings:
    """`select` None is every rule that is certain; `file` is where the settings stand, None where nowhere."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    preview: bool = False
    schema: Path | None = None
    file: Path | None = None

    def with_options(
        self, select: Iterable[str], ignore: Iterable[str], *, preview: bool, schema: Path | None
    ) -> Settings:
        """These settings where the command says nothing else; what it ignores is ignored as well."""
        wanted, unwanted = _split(select), _split(ignore)
        return replace(
            self,
            select=wanted or self.select,
            ignore=(*self.ignore, *unwanted),
            preview=preview or self.preview,
            schema=schema or self.schema,
        )


def _split(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())


def find(start: Path | None = None) -> Settings:
    """The settings of the nearest folder upwards that has some; Mistake when they are broken."""
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        for name, keys in FILES:
            table = _table(folder / name, keys)
            if table is not None:
                return _settings(folder / name, table)
    return Settings()


def _table(file: Path, keys: tuple[str, ...]) -> Mapping[str, Any] | None:
    if not file.is_file():
        return None
    try:
        table: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Mistake(f"{file}: not TOML ({error}). Mend it, or remove it.") from error
    except OSError:
        return None
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise Mistake(f"{file}: [{'.'.join(keys)}] must be a table of settings.")
    return table


def _settings(file: Path, table: Mapping[str, Any]) -> Settings:
    for key in table:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(KEYS)}."
            raise Mistake(f"{file}: lint has no setting {key!r}. {hint}")
    preview = table.get("preview", False)
    schema = table.get("schema")
    if not isinstance(preview, bool):
        raise Mistake(f"{file}: preview must be true or false, not {preview!r}.")
    if schema is not None and not isinstance(schema, str):
        raise Mistake(f"{file}: schema must be the name of a file, not {schema!r}.")
    return Settings(
        select=_names(file, "select", table["select"]) if "select" in table else None,
        ignore=_names(file, "ignore", table.get("ignore", [])),
        preview=preview,
        schema=file.parent / schema if schema is not None else None,
        file=file,
    )


def _names(file: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Mistake(f'{file}: {key} must be a list of rules, such as {key} = ["WIN", "equals_null"].')
    return tuple(value)
