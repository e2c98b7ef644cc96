# Times R on 60 observations and 6 columns: medians of a call, in microseconds of processor time.
library(sandwich)
set.seed(1)
x <- matrix(rnorm(360), 60)
y <- rnorm(60)
data <- data.frame(y, x)
median_of <- function(name, call, calls = 100, repeats = 15) {
  times <- replicate(repeats, {
    start <- proc.time()
    for (i in seq_len(calls)) call()
    sum((proc.time() - start)[c("user.self", "sys.self")]) / calls * 1e6
  })
  cat(sprintf("R %s, sandwich %s, %s: %.0f us\n", getRversion(), packageVersion("sandwich"), name,
    median(times)))
}
median_of("lm(y ~ x - 1)", function() lm(y ~ x - 1))
median_of("lm(y ~ x - 1) and vcovHC(HC3)", function() vcovHC(lm(y ~ x - 1), type = "HC3"))
