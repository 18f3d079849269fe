"""Why a query is not translated."""

from __future__ import annotations

from sqlglot import exp


class Untranslatable(Exception):
    """The translation would not mean the same; `node` is where, None where that is not known."""

    def __init__(self, reason: str, node: exp.Expr | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node
