"""Views of any search: when it was written, who wrote to whom, where it went. Each a table first, then a picture."""
