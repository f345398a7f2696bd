"""Number series, measured on stations whose truth is known."""
