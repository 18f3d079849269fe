"""Profiles of other people's tables: from DDL, from TOML, from dbt, from a log's manifest.

What a description does not say stays unknown, and the rules that would need it are silent.
"""
