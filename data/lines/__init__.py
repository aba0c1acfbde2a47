"""Lines, devices, plans, features, carriers and balances."""
