"""Series of numbers in an archive: what they date, what does not fit them, what they say is lacking."""
