"""Documents that were written for Kenesh, as real ones look; persons, organisations and events in them are invented."""
