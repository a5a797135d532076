"""What was asked, in the owner's words; never changed once filed."""
