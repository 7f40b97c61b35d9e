"""The rules of `unwix check`: one table, and the functions that find what each rule is about."""
