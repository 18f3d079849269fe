"""A window as it is in force: named windows followed, with its function unwrapped."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

_WRAPPERS = (exp.IgnoreNulls, exp.RespectNulls, exp.Filter)


@dataclass(frozen=True, slots=True)
class Window:
    """`function` without FILTER and IGNORE NULLS; `frame` is None where the default is in force."""

    node: exp.Window
    function: exp.Expr
    partition: tuple[exp.Expr, ...]
    order: tuple[exp.Expr, ...]
    frame: exp.WindowSpec | None
    ignores_nulls: bool

    @property
    def name(self) -> str:
        """The function's name as people write it."""
        return function_name(self.function)

    @property
    def has_constant_order(self) -> bool:
        """Whether the order is by constants alone, which is no order."""
        return bool(self.order) and all(isinstance(key.unnest(), exp.Literal) for key in self.order)


def function_name(function: exp.Expr) -> str:
    """A function's name in lower case: `row_number`."""
    return function.sql_name().lower() if isinstance(function, exp.Func) else function.key


def resolve(node: exp.Window) -> Window:
    """The window of a call, with what it takes over from the named windows of its SELECT."""
    partition: list[exp.Expr] = []
    order: list[exp.Expr] = []
    frame: exp.WindowSpec | None = None
    named = _named_windows(node)
    current: exp.Window | None = node
    seen: set[str] = set()
    while current is not None:
        partition = partition or list(current.args.get("partition_by") or ())
        own = current.args.get("order")
        order = order or [o.this for o in (own.expressions if own is not None else ())]
        frame = frame or current.args.get("spec")
        name = _parent_name(current, is_call=current is node)
        current = named.get(name) if name not in seen else None
        seen.add(name)
    function, ignores = _unwrap(node.this)
    return Window(node, function, tuple(partition), tuple(order), frame, ignores)


def _parent_name(window: exp.Window, *, is_call: bool) -> str:
    alias = window.args.get("alias")
    if is_call or alias is not None:
        return alias.name.lower() if alias is not None else ""
    return ""


def _named_windows(node: exp.Window) -> dict[str, exp.Window]:
    select = node.find_ancestor(exp.Select)
    defined = select.args.get("windows") or () if select is not None else ()
    return {window.this.name.lower(): window for window in defined if window is not node}


def _unwrap(function: exp.Expr) -> tuple[exp.Expr, bool]:
    ignores = False
    while isinstance(function, _WRAPPERS):
        # The parser wraps any_value in IgnoreNulls by itself: there it says nothing.
        ignores = ignores or (isinstance(function, exp.IgnoreNulls) and not isinstance(function.this, exp.AnyValue))
        function = function.this
    return function, ignores


def is_call(node: exp.Window) -> bool:
    """Whether it is a call with OVER, not a definition after WINDOW."""
    return node.arg_key != "windows"


def reads_only(window: Window, known: tuple[exp.Expr, ...]) -> bool:
    """Whether the SELECT around a window gives nothing but these expressions: then its rows look alike."""
    select = window.node.find_ancestor(exp.Select)
    if select is None:
        return False
    columns = {_spelt(column) for expression in known for column in expression.find_all(exp.Column)}
    for part in (*select.expressions, select.args.get("qualify")):
        if part is None:
            continue
        if part.find(exp.Star) is not None and part.find(exp.Count) is None:
            return False
        if any(_spelt(column) not in columns for column in part.find_all(exp.Column)):
            return False
    return True


def _spelt(column: exp.Column) -> tuple[str, str]:
    return column.table.lower(), column.name.lower()
