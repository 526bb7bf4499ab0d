"""Taking part in the company's asset: what leaves, what came, the asset as a whole."""
