"""How the archive looks in a terminal (rich), in a pipe (plain lines), and as JSON."""
