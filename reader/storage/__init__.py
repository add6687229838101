"""The truth: articles, quotations, speakers and marks in SQLite."""
