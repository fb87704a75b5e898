"""The history of the tables, one small step a file; applied by `db.migrate`."""
