"""What it costs to take documents in, to see that nothing is new, and to verify what is held."""
