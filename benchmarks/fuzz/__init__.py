"""Hostile text, put into every field and typed into every screen: python -m benchmarks.fuzz."""
