"""What does not fit among records: kinds of findings across the archive, and how they follow its changes."""
