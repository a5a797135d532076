"""What a company says of the help it got: an opinion at every closing, the result three and six months later."""
