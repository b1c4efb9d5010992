"""Keep the web server and the job worker running side by side, and end them together."""
