"""Who sits at a desk and what they may do."""
