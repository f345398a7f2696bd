"""Mabillon: an engine for archives of diplomatic cables, telegrams and letters."""

__version__ = "0.1.0"
