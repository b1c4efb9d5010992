"""Sending: mail by SMTP, words in a group by its robot. Nothing here changes the database."""
