"""Looking back on a canvas: the slider over the days, what changed since, and its list."""
