// The files of Statistics follow.
