"""A random shop of two stores, and its figures worked out one period at a time with pandas."""
