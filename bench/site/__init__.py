"""What readers wait for: the site of a large archive under load, beside Datasette over the same rows."""
