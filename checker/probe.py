"""Changes that show a finding and are no repair: `check` runs the query with them beside the query as written."""

from __future__ import annotations

from sqlglot import exp

from checker.tree import Tree
from checker.verdict import Edit, Fix, Span


def without_nulls(tree: Tree, query: exp.Expr) -> Fix:
    """The subquery in its brackets, of one column, without the rows that are NULL."""
    tokens = tree.tokens
    opening = tokens.all[tokens.opening_before(tokens.index(tree.span(query.unnest()).start))]
    brackets = tokens.balanced(opening.start, opening.end + 1)
    before, after = Span(opening.end + 1, opening.end + 1), Span(brackets.end - 1, brackets.end - 1)
    kept = ") AS laglead_probe(value) WHERE value IS NOT NULL"
    return Fix((Edit(before, "SELECT * FROM ("), Edit(after, kept)), safe=False)


def kept_by_left_join(tree: Tree, call: exp.Unnest, span: Span) -> Fix | None:
    """`, unnest(xs) AS t(x)` as a LEFT JOIN; None where it stands otherwise."""
    alias = call.args.get("alias")
    comma = tree.tokens.before(span)
    if alias is None or tree.source.text[comma.start : comma.end] != ",":
        return None
    named = tree.span(alias)
    end = tree.tokens.balanced(named.start, named.end).end
    return Fix((Edit(comma, " LEFT JOIN"), Edit(Span(end, end), " ON TRUE")), safe=False)
