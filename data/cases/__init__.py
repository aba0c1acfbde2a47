"""Cases: what a call leaves to be done, who owns it, what happened, and how long it was worked."""
