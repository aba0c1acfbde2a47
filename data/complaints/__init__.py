"""Complaints about dealers: taken by care, reviewed by a team lead, sent to the Market by mail."""
