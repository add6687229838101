"""Articles and quotations written out for other programs, each with its citation."""
