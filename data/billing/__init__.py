"""Bills: what an account pays, why it is not what was quoted, and what the next one will be."""
