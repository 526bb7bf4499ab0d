"""A company's asset in a folder: bundles come and go as files, the database is on one computer."""
