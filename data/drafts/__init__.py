"""What agents have typed and not saved yet: kept for them alone, so that a crash does not cost it."""
