"""Customers by a text of several parts: a name beside a number, a day or a place.

mixtures.py    words beside numbers, e-mails and days; called.py: those with such a name, where a number leads to many
slipped.py     those with such a name and nearly the birth date or the ZIP
places.py      a city or a street beside a name; states.py: a state; misspelt.py: a city or a street with slips
streets.py     who lives on a street, where the house was not typed or another
comparing.py   customers compared with the whole text; fitting.py: how well each part of it fits one of them
"""
