"""Council: meetings of bodies, proposals, consensus and named votes, decisions, minutes."""
