"""Findings across an archive, measured on papers whose truth is known."""
