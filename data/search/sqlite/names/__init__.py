"""Customers by the words of their names.

one_word.py    a single word; two_words.py: two beside each other; several.py: three and more; initials.py: letters
probe.py       one way to customers with two words; groups.py: who was found, in order by flags.py and companies.py
nearest.py     who comes nearest where nobody has them all
commonest.py   one customer of each name, where many have a word
"""
