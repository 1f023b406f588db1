"""One file per thing a cashier or manager can do; each speaks to the world through ports."""
