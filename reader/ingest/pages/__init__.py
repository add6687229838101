"""Web pages: what a page says about itself, and its text without everything around it."""
