"""Checks: what is wrong with a conversion, or with an output that its owner has edited, as findings of named rules.

`rules.py` has the table of all rules. A post's file is read once into a `Document`, and each rule looks at that.
"""
