"""Copies that office or college send without being asked (S0-42: 市级、区级配送资源)."""
