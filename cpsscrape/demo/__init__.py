"""A miniature of the CPS news site, for the demo and the tests. Everybody in it is invented."""
