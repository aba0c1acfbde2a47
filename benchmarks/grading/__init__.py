"""Judged answers, which the grading code never reads, and what the grader makes of them."""
