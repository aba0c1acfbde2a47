"""Mail that leaves Careline: queued with what it belongs to, delivered once, seen while it waits."""
