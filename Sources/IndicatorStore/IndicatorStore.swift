// The files of IndicatorStore follow.
