"""What the terminal and the web pages say alike of an article: its words and its passages."""
