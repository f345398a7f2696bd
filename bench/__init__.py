"""Measurements that are too long for the tests. Each writes the page in docs/ that holds its results."""
