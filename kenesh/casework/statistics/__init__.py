"""An office's figures by the indicators that donors ask for, counted in open sessions, and what may leave the office of them."""
