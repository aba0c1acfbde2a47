"""Lifeline enrolments: what is due, what the vendor must learn, and what it answers."""
