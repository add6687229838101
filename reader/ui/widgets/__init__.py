"""The panes and bars of the screen; each shows a value and posts messages."""
