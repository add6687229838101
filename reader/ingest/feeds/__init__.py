"""Feeds: RSS, Atom, RDF and JSON Feed to articles, and subscription lists."""
