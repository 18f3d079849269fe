"""What a SELECT is grouped by."""

from __future__ import annotations

from sqlglot import exp


def group_expressions(select: exp.Select) -> list[exp.Expr] | None:
    """What a SELECT is grouped by, with positions, aliases and ALL resolved; None for grouping sets."""
    group = select.args["group"]
    if any(group.args.get(kind) for kind in ("grouping_sets", "rollup", "cube", "totals")):
        return None
    if group.args.get("all"):
        return [p.unalias() for p in select.expressions if p.find(exp.AggFunc) is None]
    aliases = {p.alias.lower(): p.this for p in select.expressions if isinstance(p, exp.Alias)}
    resolved = []
    for expression in group.expressions:
        if isinstance(expression, exp.Literal) and expression.is_int:
            index = int(expression.this) - 1
            if not 0 <= index < len(select.expressions):
                return None
            resolved.append(select.expressions[index].unalias())
        elif isinstance(expression, exp.Column) and not expression.table:
            resolved.append(aliases.get(expression.name.lower(), expression))
        else:
            resolved.append(expression)
    return resolved
