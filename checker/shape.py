"""The shape of a query: what is left of its tokens when layout, case, comments and chosen names are taken away.

Two texts of one shape were written by one hand, or by two that had the same idea; a shape says nothing of
right and wrong. Literals, keywords, functions and the names of the data stay; every other name is one word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence

from sqlglot import Dialect
from sqlglot.tokenizer_core import Token, TokenType

SHINGLE = 5
NAME = "·"
_NAMES = {TokenType.VAR, TokenType.IDENTIFIER}
_LITERALS = {TokenType.STRING, TokenType.NUMBER}


def shape(sql: str, known: Container[str]) -> frozenset[int]:
    """Hashes of every run of five words; `known` are the names of the data in lower case.

    Raises what sqlglot raises on a text that ends inside a string or a comment.
    """
    words = list(_words(Dialect.get_or_raise("duckdb").tokenize(sql), known))
    runs = {" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))}
    return frozenset(_hash(run) for run in runs) if words else frozenset()


def _words(tokens: Sequence[Token], known: Container[str]) -> Iterator[str]:
    for place, token in enumerate(tokens):
        text = token.text.lower()
        if token.token_type in _LITERALS:
            yield f"{token.token_type.name}:{token.text}"
        elif token.token_type in _NAMES and text not in known and not _is_call(tokens, place):
            yield NAME
        elif token.token_type is not TokenType.SEMICOLON:
            yield text


def _is_call(tokens: Sequence[Token], place: int) -> bool:
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return after is not None and after.token_type is TokenType.L_PAREN


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(errors="surrogatepass"), digest_size=7).digest(), "big")
