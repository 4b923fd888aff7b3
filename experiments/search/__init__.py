"""Search among rules: the cheapest that hold, and the smallest change that ends control."""
