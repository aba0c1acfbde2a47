"""Promotions: what was offered on which day, who may have it, and putting it on a line."""
