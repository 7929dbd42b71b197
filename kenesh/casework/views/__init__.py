"""Pages of casework: the queue, new appeals, and a module for each tab of a case."""
