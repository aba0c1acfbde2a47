"""The operator that runs the store, its settings and its functions."""
