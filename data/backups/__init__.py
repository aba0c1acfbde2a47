"""Copies of the whole store: made while others write, kept for a while, made into a store again.

rules.py      which of the daily copies are kept
copying.py    one snapshot of a store into a file, checked
actions.py    a backup that somebody asks for; daily.py: the one that is made by itself; restoring.py: the way back
"""
