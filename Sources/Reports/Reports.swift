// The files of Reports follow.
