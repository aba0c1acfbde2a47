"""Customers from other people's files. The way through it:

reading.py    bytes → rows; encoding.py finds out the encoding, parsing.py tells apart what is no row
fields.py     what a column may hold; headings.py (and .toml, by language): what headings call it
proposing.py  which column holds which field: a plan (looks.py: by values alone); mapping.py: what a person corrects
    in it; maps.py keeps one
rows.py       a batch of rows → clean values, column by column (columns.py), and the rows that are rejected;
    values.py, dates.py, names.py, phones.py, addresses.py: one column; reasons.py: what a person is told of it;
    identity.py: what a row is known again by
producing.py  every batch of a file, made ready here or by a second process
matching.py   which rows are new, known or changed; loading.py, updating.py and subscribing.py write them
actions.py    one batch, one action; running.py goes through the file, rejects.py keeps what is to be mended
"""
