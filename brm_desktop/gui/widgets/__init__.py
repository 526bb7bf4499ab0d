"""Small widgets of our own, drawn from the theme's tokens; they know no session."""
