"""Who knew what, when, measured on cables whose spreading is known: who is right, and how quickly it is answered."""
