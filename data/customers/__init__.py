"""Customers, their contacts and accounts."""
