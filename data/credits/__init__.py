"""Credit objects: what was asked for a customer, who may grant it, what was signed and what was issued."""
