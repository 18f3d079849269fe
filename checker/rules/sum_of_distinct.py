"""SUM or AVG of DISTINCT values: rows that happen to be equal count once.

**Why it bites.** It is written to mend a join that doubled rows, and takes away honest ones too: two
answers of 20 tokens are 20 tokens. Mend the join.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 20), ('m2', 20), ('m3', 30)) AS t(message_id, output_tokens);

Fires:

    SELECT sum(DISTINCT output_tokens) AS tokens FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT sum(output_tokens) AS tokens FROM turns

Effect: differs

Allow it when values are summed, not rows.

Source: SQL:2016, 10.9 aggregate function: DISTINCT removes equal values.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Edit, Fix, Proof, Severity, Span

ID = "AGG011"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PROOF = Proof.REPAIR


def check(tree: Tree) -> Iterator[Hit]:
    """The sums and means of distinct values."""
    for node in tree.nodes(exp.Sum, exp.Avg):
        if isinstance(node.this, exp.Distinct):
            message = "rows that happen to be equal count once: remove the doubled rows, not the values"
            word = tree.tokens.back_to(tree.span(node.this.expressions[0]), TokenType.DISTINCT).start
            probe = Fix((Edit(Span(word, word + len("DISTINCT")), ""),), safe=False)
            yield Hit(tree.call(node), message, probe=probe)
