"""Threads, measured on correspondence whose truth is known."""
