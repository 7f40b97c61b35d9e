"""Check a conversion, or an output directory that its owner may have edited, against named rules.

`rules/table.py` lists all rules. A post's file is parsed once, and each rule looks at the result.
"""
