"""Where records are kept: schema, migrations and every SQL statement of the project."""
