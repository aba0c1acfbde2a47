"""What the index is made of, and how it is kept right with the rows.

tables.py      its tables and indexes, and the triggers that tell what changed
source.py      what the rows say of a customer; entries.py: the entries that follow from it
vocabulary.py  the words that customers have, and under what each is found
writing.py     customers changed: the entries that differ; later.py: in portions
building.py    all of them anew; gathering.py: their entries, packed (packing.py); beside.py: that by a second process
checking.py    whether the index says what the rows say
"""
