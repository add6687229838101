"""Getting articles in: files, pages and feeds become `Article`s."""
