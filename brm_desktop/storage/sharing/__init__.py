"""A company's asset, whatever keeps it: its members, how bundles are taken, what is answered."""
