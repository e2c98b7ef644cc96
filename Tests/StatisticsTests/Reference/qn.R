# Prints Qn of robustbase 0.95-0 for QnScaleTests: sizes, then scales in 17 digits.
# Its C code takes the distances in single precision: whole sixteenths lose nothing by that.
library(robustbase)
show <- function(...) cat(sprintf("%.17g", c(...)), sep = ", ", fill = 90)
wave <- function(n) ((1:n) * 7919) %% 1009 / 16
sizes <- c(2:14, 20, 51, 100, 999, 2000)
show(sizes)
show(sapply(sizes, function(n) Qn(wave(n))))
show(sapply(sizes, function(n) Qn(floor(wave(n) / 10))))  # with ties
show(Qn(datasets::stackloss$stack.loss), Qn(datasets::precip), Qn(datasets::rivers))
show(mad(datasets::stackloss$stack.loss))
show(datasets::stackloss$stack.loss)
