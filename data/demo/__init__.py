"""The demo operator: a store that looks lived in, made of fiction, the same for the same seed."""

from data.demo.making import make_demo

__all__ = ["make_demo"]
