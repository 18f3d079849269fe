"""Writes the practice log: a plan goes in, Parquet files and a manifest come out."""
