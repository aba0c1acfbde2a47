"""Customers from other people's files. The way through it:

reading.py    bytes → rows: encoding, delimiter, quotes, line ends; what can't be parsed is told apart
fields.py     what a column may hold and what headers call it; mapping.py: which column holds which field
values.py, dates.py, names.py, phones.py   a column of values → the form that the store keeps, or a warning
rows.py       a batch of rows → columns of clean values, and the rows that can't be used, each with its reason
matching.py   which rows are new, which known and changed; loading.py and updating.py write them
actions.py    one batch, one action; running.py goes through the whole file
"""
