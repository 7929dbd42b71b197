"""Reports on the state of implementation: charts, and the papers that are made of them."""
