# The profile likelihood of the Box-Cox power in R 4.2.2: Rscript box_cox.R writes box_cox.csv.
# `likelihood`: MASS::boxcox of a line and effects of the periods of a year, at five powers. `maximum`: where that is highest within -1 and 2.
# `grid`: forecast 8.20, BoxCox.lambda(method = "loglik"), which looks at the multiples of 0.05.
suppressMessages(library(forecast))
library(MASS)
out <- list()
put <- function(series, season, quantity, power, value)
  out[[length(out) + 1]] <<- data.frame(series = series, season = season, quantity = quantity, power = power,
    value = trimws(formatC(value, digits = 15, format = "g")))
seasons <- c(AirPassengers = 12, USAccDeaths = 12, ldeaths = 12, UKDriverDeaths = 12, nottem = 12, co2 = 12, UKgas = 4,
  JohnsonJohnson = 4, austres = 4, Nile = 1, lynx = 1, WWWusage = 1, LakeHuron = 1)
for (name in names(seasons)) {
  s <- seasons[[name]]
  y <- ts(read.csv(file.path("..", "classic", paste0(name, ".csv")))$value, frequency = s)
  time <- seq_along(y)
  phase <- factor((time - 1) %% s)
  fit <- if (s > 1) lm(y ~ time + phase, y = TRUE, qr = TRUE) else lm(y ~ time, y = TRUE, qr = TRUE)
  at <- function(power) boxcox(fit, lambda = power, plotit = FALSE, interp = FALSE, eps = 1e-9)$y
  for (power in c(-0.7, 0, 0.3, 1, 1.5)) put(name, s, "likelihood", power, at(power))
  put(name, s, "maximum", NA, optimize(at, c(-1, 2), maximum = TRUE, tol = 1e-12)$maximum)
  put(name, s, "grid", NA, BoxCox.lambda(y, method = "loglik"))
}
write.csv(do.call(rbind, out), "box_cox.csv", row.names = FALSE, quote = FALSE, na = "")
