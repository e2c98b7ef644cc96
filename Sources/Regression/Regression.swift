// The files of Regression follow.
