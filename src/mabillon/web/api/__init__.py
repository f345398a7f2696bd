"""`/api/v1`: everything on the site, for programs."""
