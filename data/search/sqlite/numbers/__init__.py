"""Customers by a number, a code, an e-mail or a day.

by_kind.py     each kind of number, asked of the room that knows it: phones.py, devices.py
ranges.py      what these share: one statement for all that a number may be
nearly.py      where nobody has the number as it was typed
"""
