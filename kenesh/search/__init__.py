"""Search across languages over everything public: what can be found, the index, the question, the page.

Found are documents, problems, meetings, decisions, recommendations and centres. The guide is a room that is not built yet: when it
comes, it registers itself in `ready()` as the others do (`findable.py`), and nothing here changes.
"""
