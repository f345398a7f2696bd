"""What it costs to take documents in, to see that nothing is new, to verify, to correct, and to be killed."""
