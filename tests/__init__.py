"""The tests of Cormorant; folders mirror src/cormorant."""
