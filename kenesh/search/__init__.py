"""Search across languages over everything public: what can be found, the index, the question, the page."""
