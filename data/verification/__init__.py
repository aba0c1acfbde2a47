"""Who is on the line, how far they are verified, and what may be seen because of it."""
