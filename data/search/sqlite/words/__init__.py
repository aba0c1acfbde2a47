"""What a typed word may stand for.

lexicon.py     the store's words, and what slips, sounds and nicknames make of a typed one
meanings.py    one word that is meant; near.py: those that slips and sounds lead to; liberties.py: two of these at once
memory.py      what is remembered from one search to the next
"""
