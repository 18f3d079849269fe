"""DISTINCT over one table's columns after a join that multiplies its rows.

**Why it bites.** It removes the doubles that the join made, and with them rows that were equal
before it. EXISTS asks whether there is a partner and makes no doubles.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 'high'), ('m2', 'high')) AS t(message_id, risk);
    CREATE TABLE feedback AS SELECT * FROM (VALUES ('f1', 'm1'), ('f2', 'm1'), ('f3', 'm2'))
    AS t(feedback_id, message_id);

Fires:

    SELECT DISTINCT t.risk FROM turns AS t JOIN feedback AS f ON f.message_id = t.message_id
    --     ^^^^^^^^

Quiet:

    SELECT t.risk FROM turns AS t WHERE EXISTS (SELECT 1 FROM feedback AS f WHERE f.message_id = t.message_id)

Effect: differs

Allow it when a set is wanted.

Source: SQL:2016, 7.10 joined table.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.joins import multipliers, sources_of
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity, Span

ID = "JOI009"
SEVERITY = Severity.INFO
NEEDS = Needs.PROFILE
PREVIEW = True  # whether a set is wanted, no statement says


def check(tree: Tree) -> Iterator[Hit]:
    """The DISTINCTs over columns of one source that another source multiplies."""
    for select in tree.nodes(exp.Select):
        scope, distinct = tree.scope(select), select.args.get("distinct")
        if scope is None or distinct is None or distinct.args.get("on") is not None or len(scope.sources) < 2:
            continue
        owners = [sources_of(scope, projection) for projection in select.expressions]
        aliases = {alias for owner in owners if owner is not None for alias in owner}
        if None in owners or len(aliases) != 1:
            continue
        owner = next(iter(aliases))
        many = multipliers(scope, owner) if scope.sources[owner].keys_known else set()
        if many:
            start = tree.tokens.back_to(tree.span(select.expressions[0]), TokenType.DISTINCT).start
            message = f"the join with {min(many)} doubles rows of {owner}: EXISTS makes no doubles"
            yield Hit(Span(start, start + len("DISTINCT")), message)
