"""What every number is made of: its people, weights, dates and the rule, as values with words.

One pure function for each number; window, command line and PDF show what it says.
"""
